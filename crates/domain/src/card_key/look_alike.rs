//! What has the shape of a card key and is none, as far as one can tell without knowing the projects.

use super::scan::Candidate;

/// Names that are followed by a hyphen and a number all over the world's commit messages.
const LOOK_ALIKES: &[&str] = &[
    // Characters and their encodings.
    "ANSI", "ASCII", "BASE", "CP", "EUC", "ISO", "KOI", "LATIN", "UCS", "UTF", "WINDOWS",
    // Hashes, ciphers and what belongs to them.
    "AES", "BLAKE", "CBC", "CHACHA", "CRC", "CTR", "CURVE", "DES", "DH", "EC", "ECDSA", "ED", "GCM", "HKDF",
    "HMAC", "KECCAK", "MD", "PBKDF", "PKCS", "POLY", "RC", "RIPEMD", "RSA", "SHA", "SHAKE", "XXH",
    // Standards and the papers that define them.
    "BCP", "DIN", "ECMA", "ES", "FIPS", "IEC", "IEEE", "JEP", "JSR", "NIST", "PCI", "PEP", "RFC", "STD", "TC",
    // Protocols.
    "FTP", "GRPC", "HTTP", "HTTPS", "IMAP", "IP", "IPV", "OAUTH", "POP", "QUIC", "SAML", "SMTP", "SOCKS",
    "SSH", "SSL", "TCP", "TLS", "UDP", "USB", "WCAG",
    // Security notices, and GitHub's way to write an issue of its own.
    "CAPEC", "CVE", "CVSS", "CWE", "DLA", "DSA", "GH", "GHSA", "PYSEC", "RHSA", "RUSTSEC", "USN",
    // Licences.
    "AGPL", "APACHE", "BSD", "EPL", "EUPL", "GPL", "LGPL", "MIT", "MPL",
    // Machines, media, time zones and the rest.
    "AMD", "ARM", "AVX", "COVID", "GMT", "GPT", "MPEG", "SSE", "UTC", "X86",
];

/// The first of the candidate's possible projects that is all upper case, unless the candidate is something else.
pub(super) fn first_unsuspicious<'a>(
    candidate: &Candidate<'a>,
    mut projects: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    // `CHARSET_UTF-8` is no more a card than `UTF-8` is.
    let last_part = candidate.word.rsplit('_').next().unwrap_or_default();
    if LOOK_ALIKES.contains(&last_part) || is_version(candidate) || is_numbered_by_year(candidate) {
        return None;
    }
    projects
        .find(|project| !project.bytes().any(|byte| byte.is_ascii_lowercase()))
        .filter(|project| project.len() < candidate.word.len() || !continues_an_identifier(candidate))
}

/// `ABC-2.0`.
fn is_version(candidate: &Candidate<'_>) -> bool {
    let behind_point = candidate.after.strip_prefix('.');
    behind_point.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}

/// `ABC-2024-17`: notices of every vendor, and dates.
fn is_numbered_by_year(candidate: &Candidate<'_>) -> bool {
    let is_year = candidate.number.len() == 4 && ["19", "20"].iter().any(|c| candidate.number.starts_with(c));
    let behind_hyphen = candidate.after.strip_prefix('-');
    is_year && behind_hyphen.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}

/// `ISO-IEC-27001`, `550E8400-E29B-4123-…`; but not `feature-ABC-1` and not `ABC-1-DEF-2`.
fn continues_an_identifier(candidate: &Candidate<'_>) -> bool {
    candidate.joined.is_some_and(|word| {
        !word.chars().any(char::is_lowercase) && word.bytes().any(|byte| byte.is_ascii_uppercase())
    })
}
