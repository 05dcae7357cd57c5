//! What a phone remembers of visits that count, without knowing whose they are.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::CountingRule;
use crate::credential::Number;
use crate::id::{ActivityId, SessionId};

/// A visit that counts, as eleven letters: the first 64 bits of a hash over pass and counting window. Two phones agree
/// on it, and nobody can read a number back from it without trying all of them.
///
/// `None` under `unlimited`, where nothing has to be remembered.
#[must_use]
pub fn visit_key(
    number: Number,
    rule: CountingRule,
    activity: ActivityId,
    session: SessionId,
    day: Date,
) -> Option<String> {
    let number = number.compact();
    let window = match rule {
        CountingRule::OncePerDay => format!("{number}/{activity}/{day}"),
        CountingRule::OncePerSession => format!("{number}/{session}"),
        CountingRule::Unlimited => return None,
    };
    Some(URL_SAFE_NO_PAD.encode(&Sha256::digest(window)[..8]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::credential::Tag;

    #[test]
    fn a_key_names_pass_and_window_and_nothing_else() {
        let number = |tag: u64| Number::from_tag(Tag::try_from(tag).unwrap());
        let id = |n: u8| Uuid::from_bytes([n; 16]);
        let key = |tag, rule, session: u8, day| {
            visit_key(number(tag), rule, id(1).into(), id(session).into(), date(2026, 3, day))
        };
        let daily = key(1, CountingRule::OncePerDay, 2, 10);
        assert_eq!(daily.as_deref().map(str::len), Some(11));
        assert_eq!(
            daily,
            key(1, CountingRule::OncePerDay, 3, 10),
            "another session of that day"
        );
        assert_ne!(daily, key(1, CountingRule::OncePerDay, 2, 11), "another day");
        assert_ne!(daily, key(2, CountingRule::OncePerDay, 2, 10), "another pass");
        let by_session = |session, day| key(1, CountingRule::OncePerSession, session, day);
        assert_eq!(by_session(2, 10), by_session(2, 11), "past midnight");
        assert_ne!(by_session(2, 10), by_session(3, 10));
        assert_eq!(key(1, CountingRule::Unlimited, 2, 10), None);
    }
}
