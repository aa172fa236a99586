#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dermaga_fuzz::matching::check(data));
