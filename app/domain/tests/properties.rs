//! Promises that hold for every input, tried on thousands of random ones.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use domain::{
    Body, Cents, CountingRule, Credential, CredentialDay, FirstName, Flags, FoldEvent, LiveProof, Nis, Number,
    NumberError, PassKind, Period, Reason, ScanId, Scanned, Tag, Verdict, effective_at, fold, local_day, parse_scan,
    start_of_day, uuid_v7,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

fn body() -> impl Strategy<Value = Body> {
    let kind = prop::sample::select(PassKind::ALL);
    (
        kind,
        any::<u8>(),
        any::<u32>(),
        0..=Tag::MAX.get(),
        any::<u16>(),
        any::<u16>(),
    )
        .prop_map(|(kind, kid, index, tag, one, other)| Body {
            version: 1,
            kind,
            kid,
            index,
            tag: Tag::try_from(tag).unwrap(),
            from: CredentialDay::from(one.min(other)),
            until: CredentialDay::from(one.max(other)),
        })
}

fn signature() -> impl Strategy<Value = [u8; 64]> {
    prop::collection::vec(any::<u8>(), 64).prop_map(|bytes| bytes.try_into().unwrap())
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (1_577_836_800i64..2_208_988_800).prop_map(|second| Timestamp::from_second(second).unwrap())
}

const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

proptest! {
    #[test]
    fn a_body_survives_its_bytes(body in body()) {
        prop_assert_eq!(Body::try_from(body.to_bytes()), Ok(body));
    }

    #[test]
    fn a_credential_survives_its_qr_text(body in body(), signature in signature(), step in 0u32..1 << 24, mac: [u8; 4]) {
        let plain = Credential::new(body, signature);
        let text = plain.to_qr_text();
        prop_assert_eq!(text.len(), 125);
        prop_assert!(text.bytes().all(|byte| SYMBOLS.contains(char::from(byte)) || b"ILOU $%*+-./:".contains(&byte)));
        prop_assert_eq!(parse_scan(&text), Ok(Scanned::Credential(plain)));
        let live = LiveProof { step, mac };
        let text = plain.to_live_qr_text(&live);
        prop_assert_eq!(text.len(), 136);
        prop_assert_eq!(parse_scan(&text), Ok(Scanned::Credential(Credential { live: Some(live), ..plain })));
        prop_assert_eq!(serde_json::from_str::<Credential>(&serde_json::to_string(&plain).unwrap()).unwrap(), plain);
    }

    #[test]
    fn the_jwt_is_json_whatever_the_issuer(body in body(), issuer in ".{0,40}") {
        let payload: serde_json::Value = serde_json::from_str(&body.jwt_payload(&issuer)).unwrap();
        prop_assert_eq!(payload["iss"].as_str(), Some(issuer.as_str()));
        let number = body.number().compact();
        prop_assert_eq!(payload["sub"].as_str(), Some(number.as_str()));
        prop_assert!(payload["nbf"].as_i64() < payload["exp"].as_i64());
    }

    #[test]
    fn a_number_survives_print_and_typing(tag in 0..=Tag::MAX.get()) {
        let number = Number::from_tag(Tag::try_from(tag).unwrap());
        let sloppy = number.to_string().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        prop_assert_eq!(number.to_string().parse::<Number>(), Ok(number));
        prop_assert_eq!(sloppy.parse::<Number>(), Ok(number));
        prop_assert_eq!(parse_scan(&sloppy), Ok(Scanned::Number(number)));
    }

    #[test]
    fn every_single_wrong_symbol_is_caught(tag in 0..=Tag::MAX.get(), at in 0usize..11, value in 0usize..32) {
        let good = Number::from_tag(Tag::try_from(tag).unwrap()).compact();
        let wrong = format!("{}{}{}", &good[..at], &SYMBOLS[value..=value], &good[at + 1..]);
        prop_assume!(wrong != good);
        prop_assert_eq!(wrong.parse::<Number>(), Err(NumberError::Check));
        prop_assert_eq!(parse_scan(&wrong), Err(Reason::Malformed));
    }

    #[test]
    fn every_swap_of_neighbours_but_0_and_z_is_caught(tag in 0..=Tag::MAX.get(), at in 0usize..10) {
        let good = Number::from_tag(Tag::try_from(tag).unwrap()).compact();
        let pair = [&good[at..=at], &good[at + 1..at + 2]];
        prop_assume!(pair[0] != pair[1] && pair != ["0", "Z"] && pair != ["Z", "0"]);
        let swapped = format!("{}{}{}{}", &good[..at], pair[1], pair[0], &good[at + 2..]);
        prop_assert_eq!(swapped.parse::<Number>(), Err(NumberError::Check));
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let lossy = String::from_utf8_lossy(&bytes).into_owned();
        for text in [format!("RND1:{text}"), format!("RND1:{lossy}"), text, lossy] {
            let _ = parse_scan(&text);
            let _ = text.parse::<Number>();
            let _ = text.parse::<Period>();
            let _ = text.parse::<Nis>();
            let _ = text.parse::<Cents>();
            let _ = text.parse::<Flags>();
            let _ = text.parse::<Reason>();
            let _ = FirstName::try_from(text);
        }
    }

    #[test]
    fn base45_of_random_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        let _ = parse_scan(&format!("RND1:{}", base45::encode(bytes)));
    }

    #[test]
    fn a_local_day_holds_its_instant(at in instant()) {
        let day = local_day(at);
        prop_assert!(start_of_day(day) <= at && at < start_of_day(day.checked_add(1.day()).unwrap()));
    }

    #[test]
    fn ids_sort_by_time(one in instant(), other in instant(), random: [[u8; 10]; 2]) {
        prop_assume!(one < other);
        prop_assert!(uuid_v7(one, random[0]) < uuid_v7(other, random[1]));
    }

    #[test]
    fn the_effective_instant_is_never_before_issue_nor_after_five_minutes_from_now(
        occurred in instant(), offset: i64, issued in instant(), later in 0i64..100_000_000,
    ) {
        let received = issued + SignedDuration::from_secs(later);
        let (at, suspect) = effective_at(occurred, offset, issued, received);
        prop_assert!(at >= issued && at <= received + SignedDuration::from_mins(5));
        prop_assert!(!suspect || at == received);
    }
}

fn events() -> impl Strategy<Value = Vec<FoldEvent>> {
    // Few ids, instants and devices, so that ties and copies are common.
    let event = (0u8..6, 0i64..4, prop::option::of(0u8..3), 0i64..3, any::<[bool; 3]>());
    prop::collection::vec(event, 0..12).prop_map(|events| {
        let id = |n: u8| Uuid::from_bytes([n; 16]);
        events
            .into_iter()
            .map(|(scan, second, device, seq, [offline, accepted, annulled])| FoldEvent {
                scan_id: ScanId::from(id(scan)),
                effective_at: Timestamp::from_second(second).unwrap(),
                device: device.map(id),
                seq,
                offline,
                accepted,
                annulled,
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn no_order_and_no_repeat_changes_a_fold(
        (events, shuffled) in events().prop_flat_map(|events| {
            let twice = [events.clone(), events.clone()].concat();
            (Just(events), Just(twice).prop_shuffle())
        }),
        rule in prop::sample::select(CountingRule::ALL),
    ) {
        let (mut events, mut shuffled) = (events, shuffled);
        let outcome = fold(rule, &mut events);
        prop_assert_eq!(&outcome, &fold(rule, &mut shuffled));
        prop_assert_eq!(events, shuffled);
        let counted = outcome.iter().filter(|(_, verdict, _)| *verdict == Verdict::Counted).count();
        prop_assert!(rule == CountingRule::Unlimited || counted <= 1);
        prop_assert!(outcome.iter().all(|(_, verdict, _)| *verdict != Verdict::Duplicate) || counted == 1);
    }

    #[test]
    fn a_period_survives_its_text(first in 0i32..60_000, length in 0i32..800) {
        let first = "2000-01-01".parse::<Date>().unwrap().checked_add(first.days()).unwrap();
        let last = first.checked_add(length.days()).unwrap();
        let periods =
            [Period::month_of(first), Period::calendar_year_of(first), Period::work_year_of(last), Period::range(first, last).unwrap()];
        for period in periods {
            if period.first().year() >= 2000 {
                prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
            }
            prop_assert!(period.first() <= period.last());
            prop_assert!(period.months().all(|month| month.last() >= period.first() && month.first() <= period.last()));
        }
        prop_assert!(Period::month_of(first).contains(first) && Period::work_year_of(last).contains(last));
    }
}
