//! What is no packet. After any of these the connection is closed.

use socket::codec::engine::EnginePacket;
use socket::codec::{Assembler, DecodeError, MAX_ATTACHMENTS, placeholder};

#[track_caller]
fn refuses(text: &str) -> DecodeError {
    Assembler::default().text(text).expect_err(text)
}

#[test]
fn engine_frames_that_mean_nothing_are_refused() {
    for frame in ["", "7", "x", "é", "1x", "5 ", "6\n", "0", "0{}", "0[]", r#"0{"sid":1}"#] {
        EnginePacket::decode(frame).expect_err(frame);
    }
    let negative = r#"0{"sid":"a","pingInterval":-1,"pingTimeout":1}"#;
    assert!(matches!(EnginePacket::decode(negative), Err(DecodeError::HandshakeField("pingInterval"))));
}

#[test]
fn unknown_types_are_refused() {
    assert_eq!(refuses(""), DecodeError::Empty);
    assert_eq!(refuses("7"), DecodeError::UnknownType('7'));
    assert_eq!(refuses("é"), DecodeError::UnknownType('é'));
}

#[test]
fn payloads_of_the_wrong_shape_are_refused() {
    for text in ["0[]", "0 1", r#"0"a""#, "0null", "1{}", "2", "2{}", "2[]", "2[1]", "2[null]", "4", "4{}", "4[]"] {
        refuses(text);
    }
    for text in ["30", "30{}", r#"4{"message":1}"#, "50-[]", "60-1{}"] {
        refuses(text);
    }
}

#[test]
fn payloads_that_are_not_json_are_refused() {
    for text in [r#"2["a""#, r#"2["a"]x"#, "2a", "0{", r#"2/admin["a"]"#] {
        refuses(text);
    }
}

#[test]
fn nesting_without_end_is_refused_instead_of_overflowing_the_stack() {
    let text = format!("2[\"a\",{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(refuses(&text), DecodeError::Json(_)));
}

#[test]
fn acknowledgement_ids_that_make_no_sense_are_refused() {
    assert_eq!(refuses("3[]"), DecodeError::MissingAckId);
    assert_eq!(refuses("05"), DecodeError::UnexpectedAckId);
    assert_eq!(refuses("15"), DecodeError::UnexpectedAckId);
    assert_eq!(refuses(r#"45{"message":"a"}"#), DecodeError::UnexpectedAckId);
    assert_eq!(refuses(r#"299999999999999999999["a"]"#), DecodeError::AckIdTooLarge);
}

#[test]
fn attachment_counts_that_make_no_sense_are_refused() {
    for text in [r#"5["a"]"#, r#"5-["a"]"#, r#"5+1-["a"]"#, r#"5 1-["a"]"#, "61"] {
        assert_eq!(refuses(text), DecodeError::AttachmentCount);
    }
}

#[test]
fn more_attachments_than_allowed_are_refused() {
    let announced = |count: usize| format!(r#"5{count}-["a"]"#);
    assert_eq!(Assembler::default().text(&announced(MAX_ATTACHMENTS)), Ok(None));
    let refused = DecodeError::TooManyAttachments { limit: MAX_ATTACHMENTS };
    assert_eq!(refuses(&announced(MAX_ATTACHMENTS + 1)), refused);
    assert_eq!(refuses(r#"599999999999999999999-["a"]"#), refused);
}

#[test]
fn placeholders_for_attachments_that_do_not_come_are_refused() {
    let one_past_the_end = format!(r#"51-["a",{{"b":[{}]}}]"#, placeholder(1));
    assert_eq!(refuses(&one_past_the_end), DecodeError::Placeholder);
    assert_eq!(refuses(r#"51-["a",{"_placeholder":true,"num":-1}]"#), DecodeError::Placeholder);
    assert_eq!(refuses(r#"61-1[{"_placeholder":true}]"#), DecodeError::Placeholder);
}

#[test]
fn a_binary_frame_that_nothing_announced_is_refused() {
    assert_eq!(Assembler::default().binary(vec![1]), Err(DecodeError::UnexpectedAttachment));
}

#[test]
fn a_text_frame_between_attachments_is_refused() {
    let mut assembler = Assembler::default();
    assert_eq!(assembler.text(r#"52-["a"]"#), Ok(None));
    assert_eq!(assembler.binary(vec![1]), Ok(None));
    assert_eq!(assembler.text(r#"2["b"]"#), Err(DecodeError::MissingAttachment));
}
