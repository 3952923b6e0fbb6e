//! Endings of files that a browser may open as a document and run: all that
//! Debian's `/etc/mime.types`, shared-mime-info or `mime_guess` take for XML, and
//! archives of pages.

/// Such endings in lower case, without the dot, sorted. Pages themselves are not
/// among them: an author's own may run the site's scripts.
const ENDINGS: &str = "\
    1km addin apxml asa asax ascx ashx asmx aspx atom atomcat atomdeleted atomsrv atomsvc bmml ccmp \
    ccxml cdxml cellml cl clue cml config coverage cpl csl dae datasource davmount dbk dd2 ddf dgml \
    disco dist distz dll.config docbook dtb dtd dtsconfig dwd emma emotionml ent es3 et3 exe.config \
    fb2 fdt filters fo generictest gml gpx grxml gsheet hal held htc hxa hxc hxe hxf hxk hxv ink \
    inkml irp its jnlp kino kml lasxml lbe lgr library-ms link66 loadtest lostsyncxml lostxml mads \
    maei master mathml meta4 metalink mets mht mhtml mml mno mods moml mpd mpkg mrcx mscml mtx musd \
    musicxml mxml ncx obgx odd omdoc opf opml orderedtest osdx osm owl owx pkg plist provx psess \
    pskcxml rapd rdf rdfs rdlc relo res resx rfcxml rif rl rld rng rs rsat rsd rsheet rss ruleset \
    rusd sbml scl sdkd sdkm senmlx sensmlx settings shf sitemap skin sls smi smil sml snippet spx sru \
    srx ssdl ssisdeploymentmanifest ssml stpx svc svg svgz swidtag td tei teicorpus testrunconfig \
    testsettings tfi trx ttml uis uo uoml uvt uvvt vcproj vcxproj vml vscontent vsct vsdm vsdx \
    vsixlangpack vsixmanifest vsmdi vssettings vssm vssx vstemplate vstm vstx vxml wadl wbs webtest \
    wif wiq wml wsdl wspolicy x3d x3dz xaml xav xbel xbl xca xcs xdf xdm xdp xdssc xel xenc xer xht \
    xhtm xhtml xhvml xlf xliff xml xmls xmta xns xop xpl xrm-ms xsc xsd xsf xsl xslt xsm xspf xss xul \
    xvm xvml yin zaz zmm";

/// These endings as a regular expression that begins behind the dot.
#[must_use]
pub(crate) fn expression() -> String {
    format!("({})", ENDINGS.replace('.', r"\.").replace(' ', "|"))
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

    /// The endings of up to four letters, which are nearly all.
    #[test]
    fn what_is_sent_as_xml_is_known_by_its_ending() {
        let endings: Vec<&str> = ENDINGS.split(' ').collect();
        assert!(endings.windows(2).all(|pair| pair[0] < pair[1]));
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
        let missing: Vec<_> = words
            .iter()
            .filter(xml)
            .filter(|word| !matches!(word.as_str(), "html" | "htm") && !endings.contains(&word.as_str()))
            .collect();
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
