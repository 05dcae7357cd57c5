//! The site's files (scripts, styles, fonts, icons, service worker), read once at start and answered from memory:
//! the whole site is a few megabytes, and a name that is not in the table can never reach the disk.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use sha2::{Digest, Sha256};

/// The name of the place in `sw.js` and its neighbours where the build id goes.
const BUILD_ID_MARK: &str = "__BUILD_ID__";

/// A year, for files whose name changes with their content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// For files that keep their name: ask each time, mostly answered with 304.
const REVALIDATE: &str = "no-cache";

/// Names of compressed twins on the disk; they are answered in place of their original, never by their own name.
const TWINS: [&str; 2] = ["br", "gz"];

/// One file with what its answer needs.
#[derive(Debug)]
struct Asset {
    bytes: Bytes,
    media_type: HeaderValue,
    etag: HeaderValue,
    hashed_name: bool,
    compressible: bool,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// All files of the site by URL path.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    files: HashMap<String, Arc<Asset>>,
    /// Names without hash, for pages that were rendered without knowing it: the newest file of that name.
    plain: HashMap<String, String>,
    build_id: String,
}

/// Why the site could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the site file {path}", path = path.display())]
pub(crate) struct AssetError {
    path: PathBuf,
    #[source]
    source: std::io::Error,
}

impl Assets {
    /// Reads every file below `root`. A folder that does not exist gives an empty table: the API works without a site.
    pub(crate) fn load(root: &Path) -> Result<Self, AssetError> {
        let mut raw = Vec::new();
        if root.is_dir() {
            collect(root, "", &mut raw)?;
        }
        raw.sort();
        let mut digest = Sha256::new();
        for (path, bytes, _) in &raw {
            digest.update(path.as_bytes());
            digest.update(Sha256::digest(bytes));
        }
        let build_id: String = digest
            .finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut files = HashMap::new();
        let mut twins = Vec::new();
        let mut newest: HashMap<String, (SystemTime, String)> = HashMap::new();
        for (path, bytes, modified) in raw {
            match path.rsplit_once('.') {
                Some((original, extension)) if TWINS.contains(&extension) => {
                    twins.push((original.to_owned(), extension.to_owned(), bytes));
                }
                _ => {
                    for plain in plain_names(&path) {
                        let place = newest.entry(plain).or_insert((modified, path.clone()));
                        if place.0 < modified {
                            *place = (modified, path.clone());
                        }
                    }
                    let asset = Asset::new(&path, bytes, &build_id);
                    files.insert(path, Arc::new(asset));
                }
            }
        }
        for (original, extension, bytes) in twins {
            // A script in which the build id was filled in no longer equals its twin.
            let Some(asset) = files.get(&original).filter(|asset| !asset.is_stamped(&build_id)) else {
                continue;
            };
            let slot = if extension == "br" { &asset.brotli } else { &asset.gzip };
            let _first = slot.set(Bytes::from(bytes));
        }
        let plain = newest.into_iter().map(|(plain, (_, path))| (plain, path)).collect();
        Ok(Self { files, plain, build_id })
    }

    /// Sixteen hexadecimal digits that change when any file of the site changes.
    pub(crate) fn build_id(&self) -> &str {
        &self.build_id
    }

    /// Whether this path is a file of the site.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.plain.contains_key(path)
    }

    /// How many files there are.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// URL path of the style sheet, with its hash when the build gave it one.
    pub(crate) fn stylesheet(&self) -> String {
        let plain = "/pkg/randpas.css";
        self.plain.get(plain).cloned().unwrap_or_else(|| plain.to_owned())
    }

    /// The answer for this path, or `None` when it is not a file of the site.
    pub(crate) fn respond(
        &self,
        method: &Method,
        path: &str,
        query: Option<&str>,
        asked: &HeaderMap,
    ) -> Option<Response> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return None;
        }
        let (asset, lasting) = match self.files.get(path) {
            Some(asset) => (
                asset,
                asset.hashed_name || query.is_some_and(|query| query.starts_with("v=")),
            ),
            None => (self.files.get(self.plain.get(path)?)?, false),
        };
        // Compression of a file without a twin on the disk happens once, at its first request.
        Some(asset.respond(method, lasting, asked))
    }
}

impl Asset {
    fn new(path: &str, bytes: Vec<u8>, build_id: &str) -> Self {
        let bytes = stamp(path, bytes, build_id);
        let mime = mime_guess::from_path(path).first_or_octet_stream();
        let text = mime.type_() == mime_guess::mime::TEXT
            || matches!(
                mime.subtype().as_str(),
                "javascript" | "json" | "manifest+json" | "svg+xml" | "wasm" | "xml"
            )
            || mime
                .suffix()
                .is_some_and(|suffix| matches!(suffix.as_str(), "json" | "xml"));
        let media_type = match mime.type_() {
            mime_guess::mime::TEXT => format!("{mime}; charset=utf-8"),
            _ => mime.to_string(),
        };
        let media_type = if path.ends_with(".webmanifest") {
            "application/manifest+json".to_owned()
        } else {
            media_type
        };
        let tag: String = Sha256::digest(&bytes)
            .iter()
            .take(12)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            bytes: bytes.into(),
            media_type: HeaderValue::from_str(&media_type)
                .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream")),
            // Weak, because the same tag stands for the compressed forms.
            etag: HeaderValue::from_str(&format!("W/\"{tag}\""))
                .unwrap_or_else(|_| HeaderValue::from_static("W/\"0\"")),
            hashed_name: has_hashed_name(path),
            compressible: text || path.ends_with(".webmanifest"),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    fn is_stamped(&self, build_id: &str) -> bool {
        !build_id.is_empty() && find(&self.bytes, build_id.as_bytes())
    }

    fn respond(&self, method: &Method, lasting: bool, asked: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        let caching = if lasting { IMMUTABLE } else { REVALIDATE };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        if self.compressible {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if asked
            .get(header::IF_NONE_MATCH)
            .is_some_and(|tags| find(tags.as_bytes(), self.etag.as_bytes()))
        {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(header::CONTENT_TYPE, self.media_type.clone());
        let (encoding, body) = self.encoded(asked);
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        if *method == Method::GET {
            *response.body_mut() = Body::from(body);
        }
        response
    }

    fn encoded(&self, asked: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let accepts = |name: &str| {
            asked
                .get_all(header::ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .any(|value| {
                    value.split(',').any(|part| {
                        let (coding, quality) = part.split_once(';').unwrap_or((part, ""));
                        coding.trim().eq_ignore_ascii_case(name) && quality.trim() != "q=0"
                    })
                })
        };
        let smaller = |bytes: &Bytes| bytes.len() < self.bytes.len();
        if self.compressible && accepts("br") {
            let body = self.brotli.get_or_init(|| brotli(&self.bytes));
            if smaller(body) {
                return (Some("br"), body.clone());
            }
        } else if self.compressible && accepts("gzip") {
            let body = self.gzip.get_or_init(|| gzip(&self.bytes));
            if smaller(body) {
                return (Some("gzip"), body.clone());
            }
        }
        (None, self.bytes.clone())
    }
}

/// Fills the build id in where a script of the root asks for it.
fn stamp(path: &str, bytes: Vec<u8>, build_id: &str) -> Vec<u8> {
    let at_root = path.matches('/').count() == 1;
    if !(at_root && path.ends_with(".js") && find(&bytes, BUILD_ID_MARK.as_bytes())) {
        return bytes;
    }
    match String::from_utf8(bytes) {
        Ok(text) => text.replace(BUILD_ID_MARK, build_id).into_bytes(),
        Err(not_text) => not_text.into_bytes(),
    }
}

/// The names without hash under which a file with a hashed name may be asked for as well. A program that was copied
/// without the `hash.txt` beside it renders those.
fn plain_names(path: &str) -> Vec<String> {
    let Some((name, extension)) = path.strip_prefix("/pkg/").and_then(|_| path.rsplit_once('.')) else {
        return Vec::new();
    };
    let Some((name, _)) = name.rsplit_once('.').filter(|(_, hash)| hash.len() >= 8) else {
        return Vec::new();
    };
    match extension {
        "wasm" => vec![format!("{name}.wasm"), format!("{name}_bg.wasm")],
        _ => vec![format!("{name}.{extension}")],
    }
}

/// Whether the name changes with the content: fonts (by agreement) and `/pkg/<name>.<hash>.<extension>`.
fn has_hashed_name(path: &str) -> bool {
    if path.starts_with("/fonts/") {
        return true;
    }
    let Some(name) = path.strip_prefix("/pkg/") else {
        return false;
    };
    let parts: Vec<_> = name.split('.').collect();
    parts.len() == 3 && parts[1].len() >= 8
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && haystack.windows(needle.len()).any(|window| window == needle)
}

fn collect(folder: &Path, prefix: &str, out: &mut Vec<(String, Vec<u8>, SystemTime)>) -> Result<(), AssetError> {
    let failed = |source| AssetError {
        path: folder.to_owned(),
        source,
    };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        let url = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &url, out)?;
        } else {
            let bytes = std::fs::read(&path).map_err(|source| AssetError {
                path: path.clone(),
                source,
            })?;
            let modified = entry.metadata().and_then(|about| about.modified());
            out.push((url, bytes, modified.unwrap_or(SystemTime::UNIX_EPOCH)));
        }
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 9,
        ..Default::default()
    };
    match brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters) {
        Ok(_) => out.into(),
        Err(_) => Bytes::copy_from_slice(bytes),
    }
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), flate2::Compression::new(8));
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(out) => out.into(),
        Err(_) => Bytes::copy_from_slice(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempdir::Folder, Assets) {
        let folder = tempdir::Folder::new("assets");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("sw.js", "const BUILD = '__BUILD_ID__';");
        write("pkg/randpas.Ab12Cd34Ef.css", &"body { color: black } ".repeat(100));
        write("pkg/decoder.js", "export {}");
        let assets = Assets::load(folder.path()).unwrap();
        (folder, assets)
    }

    fn get(assets: &Assets, path: &str, headers: &[(&'static str, &str)]) -> Option<Response> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        assets.respond(&Method::GET, path, None, &map)
    }

    #[test]
    fn the_service_worker_carries_the_build_and_is_asked_for_again() {
        let (_folder, assets) = site();
        let response = get(&assets, "/sw.js", &[]).unwrap();
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-cache");
        let body = assets.files["/sw.js"].bytes.clone();
        assert!(find(&body, assets.build_id().as_bytes()) && !find(&body, BUILD_ID_MARK.as_bytes()));
    }

    #[test]
    fn names_with_a_hash_are_kept_for_a_year_and_others_revalidated() {
        let (_folder, assets) = site();
        let css = get(&assets, &assets.stylesheet(), &[("accept-encoding", "gzip, br")]).unwrap();
        assert_eq!(css.headers()[header::CACHE_CONTROL], IMMUTABLE);
        assert_eq!(css.headers()[header::CONTENT_ENCODING], "br");
        let decoder = get(&assets, "/pkg/decoder.js", &[]).unwrap();
        assert_eq!(decoder.headers()[header::CACHE_CONTROL], REVALIDATE);
        let tag = decoder.headers()[header::ETAG].to_str().unwrap().to_owned();
        let again = get(&assets, "/pkg/decoder.js", &[("if-none-match", &tag)]).unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn a_page_that_does_not_know_the_hash_still_gets_its_style() {
        let (_folder, assets) = site();
        assert_eq!(assets.stylesheet(), "/pkg/randpas.Ab12Cd34Ef.css");
        let css = get(&assets, "/pkg/randpas.css", &[]).unwrap();
        assert_eq!(css.headers()[header::CACHE_CONTROL], REVALIDATE);
        assert_eq!(
            plain_names("/pkg/randpas.Ab12Cd34.wasm"),
            ["/pkg/randpas.wasm", "/pkg/randpas_bg.wasm"]
        );
        assert!(plain_names("/pkg/decoder.js").is_empty() && plain_names("/a.Ab12Cd34.js").is_empty());
    }

    #[test]
    fn nothing_outside_the_table_is_read() {
        let (_folder, assets) = site();
        assert!(get(&assets, "/../Cargo.toml", &[]).is_none());
        assert!(get(&assets, "/pkg/", &[]).is_none());
    }

    /// A folder that removes itself.
    mod tempdir {
        use std::path::{Path, PathBuf};

        pub(super) struct Folder(PathBuf);

        impl Folder {
            pub(super) fn new(name: &str) -> Self {
                let path = std::env::temp_dir().join(format!(
                    "randpas-{name}-{}-{:?}",
                    std::process::id(),
                    std::thread::current().id()
                ));
                std::fs::create_dir_all(&path).unwrap();
                Self(path)
            }
            pub(super) fn path(&self) -> &Path {
                &self.0
            }
        }

        impl Drop for Folder {
            fn drop(&mut self) {
                let _ignored = std::fs::remove_dir_all(&self.0);
            }
        }
    }
}
