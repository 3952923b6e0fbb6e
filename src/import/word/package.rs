//! The parts of a Word file, and which of them stands for what.
//!
//! A part names others by ids that a file beside it (`_rels/NAME.rels`) leads to parts
//! or addresses.

use super::Refusal;
use super::xml::Element;
use crate::handbook::link::join;
use crate::import::archive::{Archive, ArchiveFault, Limits};
use std::collections::BTreeMap;

/// How many bytes of XML a part may have.
const XML: usize = 64 << 20;

/// A Word file.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    /// Names in lower case, which the specification compares by, with those in the archive.
    names: BTreeMap<String, String>,
}

/// Where an id of a part leads.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// The last word of its type: `image`, `hyperlink`, `styles`.
    pub(super) kind: String,
    /// A part's name, or an address if it is outside.
    pub(super) target: String,
    /// Whether it leads out of the file.
    pub(super) is_outside: bool,
}

/// Where the ids of a part lead.
pub(super) type Relations = BTreeMap<String, Relation>;

impl<'a> Package<'a> {
    /// Opens a file, or says why it is none that can be read.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            // A file with a password is wrapped in the old format.
            let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_encrypted = memchr::memmem::find(bytes, &name).is_some();
            return Err(if is_encrypted { Refusal::Encrypted } else { Refusal::OldFormat });
        }
        if !bytes.starts_with(b"PK") {
            return Err(if bytes.starts_with(b"{\\rtf") { Refusal::OldFormat } else { Refusal::NotWord });
        }
        let archive = Archive::open(bytes, Limits::default())?;
        let names = archive.names().map(|name| (name.to_lowercase(), name.to_owned())).collect();
        Ok(Self { archive, names })
    }

    /// Entries whose names lead out of the file.
    pub(super) fn outside(&self) -> &[String] {
        self.archive.outside()
    }

    /// The bytes of a part.
    pub(super) fn part(&self, name: &str) -> Option<Result<Vec<u8>, Refusal>> {
        let name = self.names.get(&name.to_lowercase())?;
        self.archive.read(name).map(|bytes| bytes.map_err(Refusal::from))
    }

    /// A part that holds XML.
    pub(super) fn xml(&self, name: &str) -> Result<Option<Element>, Refusal> {
        let Some(bytes) = self.part(name) else { return Ok(None) };
        let bytes = bytes?;
        if bytes.len() > XML {
            return Err(Refusal::TooLarge);
        }
        Element::parse(&bytes).map(Some)
    }

    /// Where the ids of a part lead. Those that leave the package by its folders are left out.
    pub(super) fn relations(&self, part: &str) -> Result<Relations, Refusal> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let list = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(root) = self.xml(&format!("{list}_rels/{name}.rels"))? else { return Ok(Relations::new()) };
        let relation = |element: &Element| {
            let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
            let target = element.attribute("Target")?;
            let is_outside = element.attribute("TargetMode") == Some("External");
            let target = if is_outside { target.to_owned() } else { resolve(folder, target)? };
            Some((element.attribute("Id")?.to_owned(), Relation { kind, target, is_outside }))
        };
        Ok(root.all("Relationship").filter_map(relation).collect())
    }

    /// The part with the text.
    pub(super) fn document(&self) -> Result<String, Refusal> {
        let relations = self.relations("")?;
        let found = relations.values().find(|relation| relation.kind == "officeDocument");
        let name = found.map_or("word/document.xml", |relation| relation.target.as_str());
        match self.names.contains_key(&name.to_lowercase()) {
            true => Ok(name.to_owned()),
            // Calc and Impress files, and archives of anything else.
            false => Err(Refusal::NotWord),
        }
    }
}

/// The name of a part that another one names.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    join(folder, target.split('#').next().unwrap_or(""))
}

impl From<ArchiveFault> for Refusal {
    fn from(fault: ArchiveFault) -> Self {
        match fault {
            ArchiveFault::Damaged => Self::Damaged,
            ArchiveFault::Encrypted => Self::Encrypted,
            ArchiveFault::TooLarge => Self::TooLarge,
        }
    }
}
