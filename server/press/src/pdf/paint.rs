//! From set pages to a file: marks, structure, list of contents, what the file says about itself, and the attachment.

use jiff::tz::TimeZone;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Point, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ContentTag, Identifier, Node, SpanTag, TagGroup, TagTree};
use report::Document;

use super::face::Faces;
use super::flow::{HEIGHT, WIDTH};
use super::ink::{Belongs, Branch, Colour, Ink};
use super::story::{Place, Set};
use crate::PressError;

/// Name of the attachment.
const ATTACHMENT: &str = "randpas.json";

/// Writes the file.
pub(super) fn write(faces: &Faces, document: &Document, set: Set) -> Result<Vec<u8>, PressError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PressError::Pdf(format!("{error:?}")))?;
    let mut file = krilla::Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut marks: Vec<Option<Identifier>> = vec![None; set.leaves];
    for sheet in &set.pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PressError::Font)?;
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        for piece in &sheet.pieces {
            let tag = match piece.belongs {
                Belongs::To(_) => ContentTag::Span(SpanTag::empty()),
                Belongs::Nothing(kind) => ContentTag::Artifact(Artifact::with_kind(kind)),
            };
            let identifier = surface.start_tagged(tag);
            for ink in &piece.ink {
                draw(&mut surface, faces, ink);
            }
            surface.end_tagged();
            if let Belongs::To(leaf) = piece.belongs
                && let Some(mark) = marks.get_mut(leaf)
            {
                *mark = Some(identifier);
            }
        }
        surface.finish();
        for link in &sheet.links {
            let [x, y, width, height] = link.area;
            let Some(area) = Rect::from_xywh(x, y, width, height) else {
                continue;
            };
            let target = Target::Action(Action::Link(LinkAction::new(link.url.clone())));
            let annotation = Annotation::new_link(LinkAnnotation::new(area, target), Some(link.says.clone()));
            if let Some(mark) = marks.get_mut(link.leaf) {
                *mark = Some(page.add_tagged_annotation(annotation));
            }
        }
        page.finish();
    }
    let mut tree = TagTree::new();
    for branch in set.tree {
        if let Some(node) = grown(branch, &marks) {
            tree.push(node);
        }
    }
    file.set_tag_tree(tree);
    file.set_outline(outline(&set.contents));
    let at = moment(document);
    file.set_metadata(about(document, at));
    file.embed_file(EmbeddedFile {
        path: ATTACHMENT.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("Hetzelfde document als gegevens".to_owned()),
        association_kind: AssociationKind::Data,
        data: crate::json(document)?.into(),
        modification_date: Some(at),
        compress: Some(true),
        location: None,
    });
    file.finish().map_err(|error| PressError::Pdf(format!("{error:?}")))
}

fn paint(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.0, colour.1, colour.2)
}

fn fill(colour: Colour) -> Fill {
    Fill {
        paint: paint(colour).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, ink: &Ink) {
    match ink {
        Ink::Text {
            x,
            y,
            size,
            face,
            colour,
            line,
        } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            let start = Point::from_xy(*x, *y);
            surface.draw_glyphs(start, &line.glyphs, faces.font(*face), &line.text, *size, false);
        }
        Ink::Fill { path, colour } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            surface.draw_path(path);
        }
        Ink::Stroke {
            path,
            colour,
            width,
            round,
        } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: paint(*colour).into(),
                width: *width,
                line_cap: if *round { LineCap::Round } else { LineCap::Butt },
                ..Stroke::default()
            }));
            surface.draw_path(path);
        }
    }
}

/// The structure with the marks in their places. A part without marks is left out.
fn grown(branch: Branch, marks: &[Option<Identifier>]) -> Option<Node> {
    match branch {
        Branch::Leaf(leaf) => marks.get(leaf).copied().flatten().map(Node::Leaf),
        Branch::Group(tag, branches) => {
            let children: Vec<Node> = branches.into_iter().filter_map(|branch| grown(branch, marks)).collect();
            (!children.is_empty()).then(|| Node::Group(TagGroup::with_children(tag, children)))
        }
    }
}

fn outline(contents: &[Place]) -> Outline {
    let node = |place: &Place| {
        let text = if place.text.is_empty() { "Randpas" } else { &place.text };
        OutlineNode::new(
            text.to_owned(),
            XyzDestination::new(place.page, Point::from_xy(0.0, place.y)),
        )
    };
    let mut outline = Outline::new();
    for place in contents {
        outline.push_child(node(place));
    }
    outline
}

/// The moment of the data: the same facts are the same bytes.
fn moment(document: &Document) -> DateTime {
    let at = document.data_date.to_zoned(TimeZone::UTC).datetime();
    let small = |value: i8| value.unsigned_abs();
    DateTime::new(at.year().unsigned_abs())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn about(document: &Document, at: DateTime) -> Metadata {
    // What makes two documents different, and nothing else: neither the clock nor chance.
    let identity = format!(
        "{}/{}/{}/{}",
        document.kind, document.period, document.subject, document.facts_hash
    );
    Metadata::new()
        .title(format!(
            "{}: {}, {}",
            document.title,
            document.subject,
            document.period.label_nl()
        ))
        .description(document.lead.join(" ").chars().take(2000).collect())
        .authors(vec!["Randpas".to_owned()])
        .creator("Randpas".to_owned())
        .producer("Randpas".to_owned())
        .language("nl".to_owned())
        .document_id(identity)
        .creation_date(at)
        .text_direction(TextDirection::LeftToRight)
}
