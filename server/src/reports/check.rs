//! Is this file one of ours, as it was?

use domain::PairingCode;
use press::{Form, Seal, SealError};
use storage::{FrozenReport, Scope, SigningKeyRecord, Store};

use crate::keys::{ReportKeys, check_with};

/// What a file is.
#[derive(Debug)]
pub(crate) enum Finding {
    /// Byte for byte as it was frozen, and the seal over it is right.
    Genuine(Box<Seal>, Form),
    /// It names a report of ours, but these are not its bytes.
    Changed(Box<Seal>),
    /// Its bytes are kept here, but the seal over them is not right: somebody changed the database.
    Broken(SealError),
    /// Nothing of ours.
    Unknown,
}

/// Looks a file up in the database: by its bytes, else by the code that it names or that its name has.
pub(crate) async fn check(
    store: &Store,
    keys: &ReportKeys,
    scope: &Scope,
    file: &[u8],
    name: &str,
) -> Result<Finding, storage::Error> {
    let found = match store.frozen_report_of_file(scope, press::fingerprint(file)).await? {
        Some(report) => Some(report),
        None => match code_in(file).or_else(|| code_in(name.as_bytes())) {
            Some(code) => store.frozen_report(scope, code).await?,
            None => None,
        },
    };
    let Some(report) = found else {
        return Ok(Finding::Unknown);
    };
    Ok(judge(keys.check(&report.seal).await?, Some(&report), file))
}

/// The same with nothing but the seal and the public keys.
pub(crate) fn check_offline(keys: &[SigningKeyRecord], seal: &str, file: &[u8]) -> Finding {
    judge(check_with(keys, seal), None, file)
}

fn judge(opened: Result<Seal, SealError>, report: Option<&FrozenReport>, file: &[u8]) -> Finding {
    match opened {
        Err(error) => Finding::Broken(error),
        // A right seal of another report, put in the place of this one's.
        Ok(seal) if report.is_some_and(|report| report.code.to_string() != seal.code) => {
            Finding::Broken(SealError::Signature)
        }
        Ok(seal) => match seal.form_of(file) {
            Some(form) => Finding::Genuine(Box::new(seal), form),
            None => Finding::Changed(Box::new(seal)),
        },
    }
}

/// The check code that stands in an address in the bytes (`…/controle/7F3K-2M9P`), or in the name of a file.
fn code_in(bytes: &[u8]) -> Option<PairingCode> {
    const PATH: &[u8] = b"/controle/";
    const CODE: usize = 9;
    let read = |part: &[u8]| std::str::from_utf8(part).ok()?.parse().ok();
    let in_address = bytes
        .windows(PATH.len() + CODE)
        .find_map(|window| window.strip_prefix(PATH).and_then(read));
    let in_name = || {
        let code = |part: &[u8]| part.get(4).filter(|dash| **dash == b'-').and_then(|_| read(part));
        (bytes.len() < 300)
            // The last: a work year such as 2025-2026 looks like a code.
            .then(|| bytes.windows(CODE).rev().find_map(code))
            .flatten()
    };
    in_address.or_else(in_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_found_in_an_address_and_in_the_name_of_a_file() {
        let code: PairingCode = "7F3K-2M9P".parse().unwrap();
        assert_eq!(code_in(b"x https://pas.example/controle/7F3K-2M9P) y"), Some(code));
        assert_eq!(code_in(b"randpas-antwoord-2025-2026-7F3K-2M9P.pdf"), Some(code));
        assert_eq!(code_in(b"/controle/"), None);
        assert_eq!(code_in(&[0xff; 400]), None);
        assert_eq!(code_in(b""), None);
    }

    #[test]
    fn a_right_seal_of_another_report_proves_nothing() {
        let seal = Seal::of(&report::sample(), "urn:randpas", &[(Form::Json, b"{}".to_vec())]).unwrap();
        assert!(matches!(
            judge(Ok(seal.clone()), None, b"{}"),
            Finding::Genuine(_, Form::Json)
        ));
        assert!(matches!(judge(Ok(seal), None, b"{ }"), Finding::Changed(_)));
        assert!(matches!(
            judge(Err(SealError::UnknownKey), None, b"{}"),
            Finding::Broken(_)
        ));
    }
}
