//! A client's bytes at the gateway: refused, or sent on in a form that another reader understands in the same way.
#![no_main]

use dermaga::gateway::probe::{flaw, forward};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(sent) = forward(data) {
        assert_eq!(flaw(&sent), None, "{}", String::from_utf8_lossy(&sent));
        match forward(&sent) {
            Some(again) => assert_eq!(flaw(&again), None),
            // The gateway's own header may be one more than it takes.
            None => assert!(sent.split(|byte| *byte == b'\n').count() > 128, "refused: {}", String::from_utf8_lossy(&sent)),
        }
    }
});
