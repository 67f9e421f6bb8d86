//! Jars against the version of Java that a runtime has.

use super::layer::Layer;
use super::problem::Complaint;
use crate::inspect::Inspection;
use crate::tables::rules::{JAVA_CLASS_TOO_NEW, Severity};
use crate::tables::runtimes::Runtime;

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
                classes.highest.saturating_sub(44),
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
    }
    complaints
}
