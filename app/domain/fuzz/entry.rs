//! What a fuzzer calls: any bytes may come in, nothing may panic, and what was read must write itself back.

use domain::{Credential, Number, Reason, Scanned, parse_scan};

/// Any bytes as the text of a code or of a keyboard.
pub(crate) fn scan_text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match parse_scan(&text) {
        Ok(Scanned::Credential(credential)) => {
            let written = credential
                .live
                .map_or_else(|| credential.to_qr_text(), |live| credential.to_live_qr_text(&live));
            assert!(text.contains(&written), "a text of ours has one spelling");
            assert_eq!(Credential::from_qr_text(&written).ok(), Some(credential));
        }
        Ok(Scanned::Number(number)) => assert_eq!(parse_scan(&number.to_string()), Ok(Scanned::Number(number))),
        Err(reason) => assert!(matches!(reason, Reason::Malformed | Reason::ForeignQr)),
    }
}

/// Any bytes as a typed number.
pub(crate) fn number(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match text.parse::<Number>() {
        Ok(number) => {
            assert_eq!(number.to_string().parse::<Number>(), Ok(number));
            assert_eq!(number.compact().parse::<Number>(), Ok(number));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
