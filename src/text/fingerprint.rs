//! A digest that is the same everywhere and for ever; it guards against mistakes, not against people.

/// FNV-1a of 128 bits, as 32 hexadecimal digits.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = bytes.iter().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, &byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_digest_of_yesterday_is_the_digest_of_today() {
        assert_eq!(super::fingerprint(b"foobar"), "343e1662793c64bf6f0d3597ba446f18");
    }
}
