//! What has to hold for any input: the fuzzer searches for one for which it does not, and every run
//! of the tests looks at those that were kept.

use socket::codec::{Assembler, encode, engine::EnginePacket};

/// One frame a line; one that begins with a zero byte is binary. Decoding does not panic, and a
/// packet that was read is read the same again once it is written.
pub fn holds(input: &[u8]) {
    let mut assembler = Assembler::default();
    for frame in input.split(|byte| *byte == b'\n') {
        let read = match frame.split_first() {
            Some((0, bytes)) => assembler.binary(bytes.to_vec()),
            _ => {
                let text = String::from_utf8_lossy(frame);
                if let Ok(packet) = EnginePacket::decode(&text) {
                    assert_eq!(EnginePacket::decode(&packet.encode()), Ok(packet));
                }
                assembler.text(&text)
            }
        };
        let Ok(Some(packet)) = read else { continue };
        let (text, attachments) = encode(packet.clone());
        let mut again = Assembler::default();
        let mut last = again.text(&text);
        for attachment in attachments {
            last = again.binary(attachment);
        }
        assert_eq!(last, Ok(Some(packet)));
    }
}
