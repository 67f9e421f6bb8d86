//! Jars against the version of Java that a runtime has.

use super::layer::Layer;
use super::problem::Complaint;
use crate::inspect::Inspection;
use crate::tables::rules::{JAVA_CLASS_TOO_NEW, JAVA_PREVIEW_CLASS, Severity};
use crate::tables::runtimes::Runtime;

/// Java 1 had class files of version 45.
const FIRST_CLASS_MAJOR: u16 = 44;

/// The jars with classes that a Java runtime refuses. Where only some are too new, a program may never use them.
pub fn judge(layer: &Layer, runtime: &Runtime) -> Vec<Complaint> {
    let newest = runtime.class_major();
    let java = runtime.numbers().0;
    let mut complaints = Vec::new();
    for (index, file) in layer.files.iter().enumerate() {
        let Inspection::Jar(jar) = file.found else { continue };
        for (release, classes) in jar.seen_by(java).filter(|(_, classes)| classes.highest > newest) {
            let all = release == 0 && classes.lowest > newest;
            let found = format!(
                "holds {} for Java {}{}, {} among them",
                if all { "classes" } else { "some classes" },
                classes.highest.saturating_sub(FIRST_CLASS_MAJOR),
                if release > 0 { format!(" where Java {release} looks") } else { String::new() },
                classes.example,
            );
            complaints.push(Complaint {
                file: index,
                rule: JAVA_CLASS_TOO_NEW,
                severity: if all { Severity::Error } else { Severity::Warning },
                found,
                instead: format!("{} loads classes for Java {java} at most", runtime.id),
                weight: vec![u32::from(classes.highest)],
            });
        }
        for (major, example) in jar.previews_seen_by(java).filter(|(major, _)| *major <= newest) {
            let own = u32::from(major.saturating_sub(FIRST_CLASS_MAJOR));
            complaints.push(Complaint {
                file: index,
                rule: JAVA_PREVIEW_CLASS,
                severity: if major < newest { Severity::Error } else { Severity::Warning },
                found: format!("holds classes that use previews of Java {own}, {example} among them"),
                instead: match major < newest {
                    true => format!("{} refuses them: only Java {own} itself loads them", runtime.id),
                    false => format!("{} loads them with JAVA_TOOL_OPTIONS=--enable-preview alone", runtime.id),
                },
                weight: vec![u32::from(major)],
            });
        }
    }
    complaints
}
