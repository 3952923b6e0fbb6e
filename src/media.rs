//! Media types of files, by the endings of their names.
//!
//! [`TYPES`] is the table. From it come the responses of the preview and of an object store,
//! the configurations of web servers (`host`), which files get compressed copies
//! (`compress`), and which a browser may run. What has no row has the type that `mime_guess`
//! knows, and runs nothing.

/// What is sent for a type that nobody knows: browsers save it and do not guess.
#[cfg(any(test, feature = "publish", feature = "serve"))]
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// What a browser does with a file that it opens by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opens {
    /// It shows or saves it.
    Inert,
    /// It shows it as a page, which may run scripts of the site.
    Page,
    /// It shows it as a document that may run scripts of its own. Servers are told to take its
    /// rights away.
    Active,
}

/// A type of files.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub(crate) struct MediaType {
    /// Endings of names in lower case, without their dots.
    pub endings: &'static [&'static str],
    /// The header `Content-Type` of a text; `None` for other files, whose types are those of
    /// `mime_guess`.
    pub kind: Option<&'static str>,
    /// Whether web servers do not know the type by themselves, and would send the file as
    /// something that browsers only save.
    pub rare: bool,
    /// Whether web servers compress it while they send it, where it has no compressed copy.
    pub packed: bool,
    /// What a browser does with it.
    pub opens: Opens,
}

const fn known(endings: &'static [&'static str], kind: &'static str) -> MediaType {
    MediaType { endings, kind: Some(kind), rare: false, packed: true, opens: Opens::Inert }
}

const fn rare(endings: &'static [&'static str], kind: &'static str) -> MediaType {
    MediaType { rare: true, packed: false, ..known(endings, kind) }
}

/// All texts, and all else that may run. A server must be told the types of texts where it takes
/// them from the name of a compressed copy.
pub(crate) const TYPES: &[MediaType] = &[
    MediaType { opens: Opens::Page, ..known(&["html", "htm"], "text/html; charset=utf-8") },
    known(&["css"], "text/css; charset=utf-8"),
    known(&["js", "mjs"], "text/javascript; charset=utf-8"),
    known(&["json"], "application/json"),
    rare(&["map"], "application/json"),
    rare(&["webmanifest"], "application/manifest+json"),
    MediaType { opens: Opens::Active, ..known(&["xml"], "text/xml; charset=utf-8") },
    MediaType { opens: Opens::Active, packed: false, ..known(&["xhtml"], "application/xhtml+xml") },
    MediaType { opens: Opens::Active, ..known(&["svg"], "image/svg+xml") },
    known(&["txt"], "text/plain; charset=utf-8"),
    rare(&["yaml", "yml"], "text/plain; charset=utf-8"),
    rare(&["md", "markdown"], "text/markdown; charset=utf-8"),
    MediaType { packed: true, ..rare(&["csv"], "text/csv; charset=utf-8") },
    rare(&["tsv"], "text/tab-separated-values; charset=utf-8"),
    rare(&["ics"], "text/calendar; charset=utf-8"),
    MediaType { endings: XML, kind: None, rare: false, packed: false, opens: Opens::Active },
];

/// Endings of other files that Debian's `/etc/mime.types`, shared-mime-info or `mime_guess` take
/// for XML, and of archives of pages.
#[rustfmt::skip]
const XML: &[&str] = &[
    "1km", "addin", "apxml", "asa", "asax", "ascx", "ashx", "asmx", "aspx", "atom", "atomcat",
    "atomdeleted", "atomsrv", "atomsvc", "bmml", "ccmp", "ccxml", "cdxml", "cellml", "cl", "clue",
    "cml", "config", "coverage", "cpl", "csl", "dae", "datasource", "davmount", "dbk", "dd2", "ddf",
    "dgml", "disco", "dist", "distz", "dll.config", "docbook", "dtb", "dtd", "dtsconfig", "dwd", "emma",
    "emotionml", "ent", "es3", "et3", "exe.config", "fb2", "fdt", "filters", "fo", "generictest", "gml",
    "gpx", "grxml", "gsheet", "hal", "held", "htc", "hxa", "hxc", "hxe", "hxf", "hxk", "hxv", "ink",
    "inkml", "irp", "its", "jnlp", "kino", "kml", "lasxml", "lbe", "lgr", "library-ms", "link66",
    "loadtest", "lostsyncxml", "lostxml", "mads", "maei", "master", "mathml", "meta4", "metalink",
    "mets", "mht", "mhtml", "mml", "mno", "mods", "moml", "mpd", "mpkg", "mrcx", "mscml", "mtx", "musd",
    "musicxml", "mxml", "ncx", "obgx", "odd", "omdoc", "opf", "opml", "orderedtest", "osdx", "osm",
    "owl", "owx", "pkg", "plist", "provx", "psess", "pskcxml", "rapd", "rdf", "rdfs", "rdlc", "relo",
    "res", "resx", "rfcxml", "rif", "rl", "rld", "rng", "rs", "rsat", "rsd", "rsheet", "rss", "ruleset",
    "rusd", "sbml", "scl", "sdkd", "sdkm", "senmlx", "sensmlx", "settings", "shf", "sitemap", "skin",
    "sls", "smi", "smil", "sml", "snippet", "spx", "sru", "srx", "ssdl", "ssisdeploymentmanifest",
    "ssml", "stpx", "svc", "svgz", "swidtag", "td", "tei", "teicorpus", "testrunconfig", "testsettings",
    "tfi", "trx", "ttml", "uis", "uo", "uoml", "uvt", "uvvt", "vcproj", "vcxproj", "vml", "vscontent",
    "vsct", "vsdm", "vsdx", "vsixlangpack", "vsixmanifest", "vsmdi", "vssettings", "vssm", "vssx",
    "vstemplate", "vstm", "vstx", "vxml", "wadl", "wbs", "webtest", "wif", "wiq", "wml", "wsdl",
    "wspolicy", "x3d", "x3dz", "xaml", "xav", "xbel", "xbl", "xca", "xcs", "xdf", "xdm", "xdp", "xdssc",
    "xel", "xenc", "xer", "xht", "xhtm", "xhvml", "xlf", "xliff", "xmls", "xmta", "xns", "xop", "xpl",
    "xrm-ms", "xsc", "xsd", "xsf", "xsl", "xslt", "xsm", "xspf", "xss", "xul", "xvm", "xvml", "yin",
    "zaz", "zmm",
];

impl MediaType {
    /// The type without its parameters; empty where it has no row of its own.
    #[must_use]
    pub(crate) fn bare(&self) -> &'static str {
        self.kind.and_then(|kind| kind.split(';').next()).unwrap_or_default()
    }

    /// Its endings as a regular expression that begins behind the dot.
    #[must_use]
    pub(crate) fn expression(&self) -> String {
        match self.endings {
            [ending] => (*ending).to_owned(),
            endings => format!("({})", endings.join("|")),
        }
    }

    /// Whether its type names the encoding.
    #[must_use]
    pub(crate) fn has_charset(&self) -> bool {
        self.kind.is_some_and(|kind| kind != self.bare())
    }
}

/// The types of texts.
pub(crate) fn texts() -> impl Iterator<Item = &'static MediaType> {
    TYPES.iter().filter(|row| row.kind.is_some())
}

/// The row of a text, by its name; `None` for all else.
#[must_use]
pub(crate) fn text(name: &str) -> Option<&'static MediaType> {
    row(name).filter(|row| row.kind.is_some())
}

/// The row that has a name's ending. Some endings have a dot in them, such as `dll.config`.
fn row(name: &str) -> Option<&'static MediaType> {
    let has = |ending: &&str| {
        let stem = name.len().checked_sub(ending.len()).filter(|at| name.is_char_boundary(*at));
        stem.is_some_and(|at| name[at..].eq_ignore_ascii_case(ending) && name[..at].ends_with('.'))
    };
    TYPES.iter().find(|row| row.endings.iter().any(has))
}

/// The header `Content-Type` for a name.
#[cfg(any(test, feature = "publish", feature = "serve"))]
#[must_use]
pub(crate) fn media_type(name: &str) -> &'static str {
    let known = text(name).and_then(|text| text.kind);
    known.unwrap_or_else(|| mime_guess::from_path(name).first_raw().unwrap_or(UNKNOWN))
}

/// Whether a file is a picture that browsers show.
pub(crate) fn is_picture(name: &str) -> bool {
    const ENDINGS: [&str; 11] =
        ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "ico", "apng", "jfif"];
    let ending = name.rfind('.').map_or("", |dot| &name[dot + 1..]);
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a browser that opens this file by itself might run what it holds.
#[cfg(any(test, feature = "publish"))]
#[must_use]
pub(crate) fn is_active(name: &str) -> bool {
    let runs = row(name).is_some_and(|row| row.opens != Opens::Inert);
    runs || is_active_type(media_type(name)) || media_type(name).starts_with("text/html")
}

/// The endings of active files as a regular expression that begins behind the dot.
#[must_use]
pub(crate) fn active_expression() -> String {
    let active = TYPES.iter().filter(|row| row.opens == Opens::Active);
    let mut endings: Vec<&str> = active.flat_map(|row| row.endings).copied().collect();
    endings.sort_unstable();
    format!("({})", endings.join("|").replace('.', r"\."))
}

/// Whether a media type is one that browsers read as XML (WHATWG MIME Sniffing,
/// section 4.6, and `text/xsl`), or an archive of pages.
#[cfg(any(test, feature = "publish", feature = "serve"))]
#[must_use]
pub(crate) fn is_active_type(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let xml = ["+xml", "/xml", "/xsl", "/xml-dtd", "/xml-external-parsed-entity"];
    let archive = ["message/rfc822", "multipart/related", "application/x-mimearchive"];
    xml.iter().any(|end| kind.ends_with(end)) || archive.contains(&&*kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_ending_has_two_types() {
        let endings: Vec<_> = TYPES.iter().flat_map(|row| row.endings).collect();
        assert_eq!(endings.iter().collect::<std::collections::BTreeSet<_>>().len(), endings.len());
        assert!(endings.iter().all(|ending| row(&format!("a.{}", ending.to_uppercase())).is_some()));
        assert!(XML.is_sorted());
    }

    #[test]
    fn texts_say_their_encoding() {
        assert_eq!(media_type("制度/a.HTML"), "text/html; charset=utf-8");
        assert_eq!(media_type("assets/a.0a1b2c3d.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("表.csv"), "text/csv; charset=utf-8");
        assert_eq!(media_type("图.png"), "image/png");
        assert_eq!(media_type("a.pdf"), "application/pdf");
        assert_eq!(
            media_type("a.docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        );
        assert_eq!([media_type("LICENSE"), media_type("html")], [UNKNOWN, UNKNOWN]);
    }

    #[test]
    fn what_may_run_is_known() {
        assert!(is_active("a.svg") && is_active("a.XHTML") && is_active("a.html"));
        assert!(["a.kml", "b.rss", "c.XSLT", "d.mml", "e.atom", "f.mhtml"].into_iter().all(is_active));
        assert!(!is_active("a.png") && !is_active("svg"));
    }

    /// The endings of up to four letters, which are nearly all.
    #[test]
    fn what_is_sent_as_xml_is_known_by_its_ending() {
        let runs = |ending: &str| row(&format!("a.{ending}")).is_some_and(|row| row.opens != Opens::Inert);
        let mut words = vec![String::new()];
        for _ in 0..4 {
            let longer = |word: &String| ('a'..='z').map(|c| format!("{word}{c}")).collect::<Vec<_>>();
            words = words.iter().flat_map(longer).chain(words.iter().cloned()).collect();
        }
        words.sort_unstable();
        words.dedup();
        let xml = |word: &&String| {
            mime_guess::from_ext(word)
                .iter_raw()
                .any(|kind| is_active_type(kind) && !kind.starts_with("message"))
        };
        let missing: Vec<_> = words.iter().filter(xml).filter(|word| !runs(word)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn types_are_told_apart() {
        for kind in [
            "text/xml",
            "image/svg+xml; charset=utf-8",
            "Application/RSS+XML",
            "text/xsl",
            "multipart/related",
        ] {
            assert!(is_active_type(kind), "{kind}");
        }
        for kind in [
            "",
            "text/html",
            "image/png",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ] {
            assert!(!is_active_type(kind), "{kind}");
        }
    }
}
