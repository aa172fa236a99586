//! The part of Protocol Buffers that requests to `BuildKit` need: top-level fields, texts, and maps of texts.
//!
//! The gateway only reads messages, and passes them to the engine unchanged.

/// One field of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field<'a> {
    /// A number or a flag.
    Number(u64),
    /// A text, bytes, or a message within the message.
    Bytes(&'a [u8]),
    /// A fixed-length value, which the gateway does not need.
    Fixed,
}

/// The error for bytes that are not a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoMessage;

/// Reads all fields of a message with their numbers, in order.
pub(super) fn fields(mut message: &[u8]) -> Result<Vec<(u64, Field<'_>)>, NoMessage> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message)?;
        let field = match key & 7 {
            0 => Field::Number(varint(&mut message)?),
            1 => take(&mut message, 8).map(|_| Field::Fixed)?,
            2 => {
                let length = varint(&mut message)?;
                Field::Bytes(take(&mut message, length)?)
            }
            5 => take(&mut message, 4).map(|_| Field::Fixed)?,
            _ => return Err(NoMessage),
        };
        fields.push((key >> 3, field));
    }
    Ok(fields)
}

/// Returns the texts of all fields with this number.
pub(super) fn texts<'a>(fields: &[(u64, Field<'a>)], number: u64) -> Result<Vec<&'a str>, NoMessage> {
    messages(fields, number).into_iter().map(text).collect()
}

/// Returns the messages of all fields with this number.
pub(super) fn messages<'a>(fields: &[(u64, Field<'a>)], number: u64) -> Vec<&'a [u8]> {
    let bytes = |field: &(u64, Field<'a>)| match field {
        (known, Field::Bytes(bytes)) if *known == number => Some(*bytes),
        _ => None,
    };
    fields.iter().filter_map(bytes).collect()
}

/// Returns the entries of a map from text to text. If a key occurs twice, the last entry counts.
pub(super) fn map<'a>(fields: &[(u64, Field<'a>)], number: u64) -> Result<Vec<(&'a str, &'a str)>, NoMessage> {
    let last = |entry: &[(u64, Field<'a>)], number| texts(entry, number).map(|texts| texts.last().copied());
    let mut map: Vec<(&str, &str)> = Vec::new();
    for entry in messages(fields, number) {
        let entry = self::fields(entry)?;
        let (key, value) = (last(&entry, 1)?.unwrap_or_default(), last(&entry, 2)?.unwrap_or_default());
        map.retain(|(known, _)| *known != key);
        map.push((key, value));
    }
    Ok(map)
}

fn varint(message: &mut &[u8]) -> Result<u64, NoMessage> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(message, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(NoMessage)
}

fn take<'a>(message: &mut &'a [u8], length: u64) -> Result<&'a [u8], NoMessage> {
    let length = usize::try_from(length).map_err(|_| NoMessage)?;
    let (taken, rest) = message.split_at_checked(length).ok_or(NoMessage)?;
    *message = rest;
    Ok(taken)
}

fn text(bytes: &[u8]) -> Result<&str, NoMessage> {
    std::str::from_utf8(bytes).map_err(|_| NoMessage)
}

/// Appends an entry to a map from text to text. For a reader, the new entry replaces an earlier entry with the same
/// key.
#[cfg(test)]
pub(super) fn append_entry(message: &mut Vec<u8>, number: u64, key: &str, value: &str) {
    let mut entry = Vec::new();
    append_bytes(&mut entry, 1, key.as_bytes());
    append_bytes(&mut entry, 2, value.as_bytes());
    append_bytes(message, number, &entry);
}

#[cfg(test)]
fn append_bytes(message: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    append_varint(message, number << 3 | 2);
    append_varint(message, bytes.len() as u64);
    message.extend_from_slice(bytes);
}

#[cfg(test)]
fn append_varint(message: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        message.push(u8::try_from(value & 0x7f).unwrap_or_default() | 0x80);
        value >>= 7;
    }
    message.push(u8::try_from(value).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn message_with_fields_of_every_kind_is_read() {
        let message = [&[0x08, 0x96, 0x01, 0x12, 0x02][..], b"ab", &[0x1d, 1, 2, 3, 4, 0x21, 1, 2, 3, 4, 5, 6, 7, 8]];
        let message = message.concat();
        let read = fields(&message).unwrap();
        assert_eq!(read, [(1, Field::Number(150)), (2, Field::Bytes(b"ab")), (3, Field::Fixed), (4, Field::Fixed)]);
        assert_eq!(texts(&read, 2), Ok(vec!["ab"]));
        assert_eq!(texts(&fields(&[0x12, 1, 0xff]).unwrap(), 2), Err(NoMessage));
    }

    #[test]
    fn broken_protobuf_message_is_refused() {
        for message in [&[0x08][..], &[0x08, 0x80], &[0x12, 5, 1], &[0x0b], &[0x1d, 1], &[0xff; 12]] {
            assert_eq!(fields(message), Err(NoMessage), "{message:?}");
        }
    }

    #[test]
    fn last_entry_counts_if_a_map_repeats_a_key() {
        let mut message = Vec::new();
        for (key, value) in [("a", "1"), ("b", ""), ("a", "2")] {
            append_entry(&mut message, 7, key, value);
        }
        assert_eq!(map(&fields(&message).unwrap(), 7), Ok(vec![("b", ""), ("a", "2")]));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(read) = fields(&bytes) {
                let _ = (texts(&read, 1), map(&read, 7));
            }
        }
    }
}
