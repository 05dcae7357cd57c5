//! "Did you mean …?" for codes and names.

/// The candidate that looks most like what was typed, if one does.
pub(crate) fn closest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let lower = candidate.to_lowercase();
            let starts = !typed.is_empty() && lower.starts_with(&typed);
            let score = if starts {
                1.0
            } else {
                strsim::jaro_winkler(&typed, &lower)
            };
            (candidate, score)
        })
        .filter(|(_, score)| *score >= 0.75)
        .max_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(candidate, _)| candidate)
}

/// ` Did you mean X?`, or nothing.
pub(crate) fn did_you_mean(suggestion: Option<impl std::fmt::Display>) -> String {
    suggestion
        .map(|name| format!(" Did you mean {name}?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        let codes = ["participants", "participations", "passes_issued"];
        assert_eq!(closest("particpants", codes), Some("participants"));
        assert_eq!(closest("passes", codes), Some("passes_issued"));
        assert_eq!(closest("xyz", codes), None);
        assert_eq!(did_you_mean(closest("xyz", codes)), "");
    }
}
