//! A client's bytes at the gateway: refused, or sent on in a form that another reader understands in the same way.
#![no_main]

use dermaga::gateway::probe::{flaw, forward};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(sent) = forward(data) {
        assert_eq!(flaw(&sent), None, "{}", String::from_utf8_lossy(&sent));
        let again = forward(&sent).unwrap_or_else(|| panic!("what was sent is refused: {}", String::from_utf8_lossy(&sent)));
        assert_eq!(flaw(&again), None);
    }
});
