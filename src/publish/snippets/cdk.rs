//! The CDK, as a whole program in TypeScript and in Python.
//!
//! Source: <https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda.LayerVersion.html>.

use super::code::{Expression, Language, Statement, fields};
use super::stack::{free_text, stack_name};
use super::{comment, region_suffix, without_reference};
use crate::choices::Audience;
use crate::publish::release::{Release, Way};
use crate::tables::runtimes::{self, Architecture, Runtime};

/// In TypeScript.
pub fn typescript(release: &Release) -> String {
    let remarks = remarks(release);
    let import = format!("import {{ {} }} from \"aws-cdk-lib\";\n\n", imports(release, false).join(", "));
    comment("//", &remarks) + &import + &Language::TypeScript.write(&program(release))
}

/// In Python.
pub fn python(release: &Release) -> String {
    let remarks = remarks(release);
    let import = format!("from aws_cdk import {}\n\n", imports(release, true).join(", "));
    comment("#", &remarks) + &import + &Language::Python.write(&program(release))
}

fn remarks(release: &Release) -> Vec<String> {
    let mut remarks = vec!["The zip lies where the program is started.".to_owned()];
    remarks.extend(free_text(release).remarks);
    remarks.extend(without_reference(release));
    remarks
}

fn imports(release: &Release, python: bool) -> Vec<&'static str> {
    let environment = python && release.regions() != [""];
    let bucket = release.way() == Way::There;
    let all = [
        (true, "App"),
        (true, "CfnOutput"),
        (environment, "Environment"),
        (true, "RemovalPolicy"),
        (true, "Stack"),
        (true, "aws_lambda"),
        (bucket, "aws_s3"),
    ];
    all.into_iter().filter_map(|(needed, name)| needed.then_some(name)).collect()
}

fn program(release: &Release) -> Vec<Statement> {
    let mut program = vec![Statement::Let("app".into(), Expression::Make("App", vec![], vec![]))];
    for region in release.regions() {
        program.push(Statement::Gap);
        program.extend(stack(release, region));
    }
    program.extend([Statement::Gap, Statement::Do(Expression::Call("app.synth".into(), vec![], vec![]))]);
    program
}

fn stack(release: &Release, region: &str) -> Vec<Statement> {
    let suffix = region_suffix(release, region);
    let (stack, layer) = (format!("stack{suffix}"), format!("layer{suffix}"));
    let id = if suffix.is_empty() { stack_name(release) } else { format!("{}-{region}", stack_name(release)) };
    let environment = Expression::Fields("Environment", fields(vec![("region", Expression::text(region))]));
    let scope = Expression::word(stack.clone());
    let free = free_text(release);
    let settings = release.settings;
    let runtimes = settings.runtimes().iter().map(|chosen| runtime(chosen)).collect();
    let architectures = settings.architectures().iter().map(|chosen| architecture(*chosen)).collect();
    let properties = fields(vec![
        ("code", code(release, region, &scope)),
        ("layerVersionName", Expression::text(release.plain_name())),
        ("description", Expression::text(free.description)),
        ("license", Expression::text(free.license)),
        ("compatibleRuntimes", Expression::List(runtimes)),
        ("compatibleArchitectures", Expression::List(architectures)),
        ("removalPolicy", Expression::word("RemovalPolicy.RETAIN")),
    ]);
    let made = Expression::Make("aws_lambda.LayerVersion", vec![scope.clone(), Expression::text("Layer")], properties);
    let mut statements = vec![
        Statement::Let(
            stack,
            Expression::Make(
                "Stack",
                vec![Expression::word("app"), Expression::text(id)],
                fields(vec![("env", environment)]),
            ),
        ),
        Statement::Let(layer.clone(), made),
    ];
    for audience in &settings.audiences() {
        let organization = match audience {
            Audience::Organization(id) => Expression::text(*id),
            _ => Expression::text(""),
        };
        let whom =
            fields(vec![("accountId", Expression::text(audience.principal())), ("organizationId", organization)]);
        let id = vec![Expression::text(audience.statement_id())];
        statements.push(Statement::Do(Expression::Call(format!("{layer}.addPermission"), id, whom)));
    }
    let output = vec![("value", Expression::word(format!("{layer}.layerVersionArn")))];
    let output = Expression::Make("CfnOutput", vec![scope, Expression::text("LayerVersionArn")], output);
    statements.push(Statement::Do(output));
    statements
}

fn code(release: &Release, region: &str, scope: &Expression) -> Expression {
    if release.way() != Way::There {
        let file = vec![Expression::text(release.file)];
        return Expression::Call("aws_lambda.Code.fromAsset".into(), file, vec![]);
    }
    let bucket = vec![scope.clone(), Expression::text("Bucket"), Expression::text(release.bucket(region))];
    let arguments = vec![
        Expression::Call("aws_s3.Bucket.fromBucketName".into(), bucket, vec![]),
        Expression::text(release.key()),
        Expression::text(release.settings.s3_object_version.as_str()),
    ];
    Expression::Call("aws_lambda.Code.fromBucket".into(), arguments, vec![])
}

/// By its name, so that it need not be known to the installed CDK.
fn runtime(runtime: &Runtime) -> Expression {
    let family = match runtime.language {
        runtimes::Language::NodeJs => "NODEJS",
        runtimes::Language::Python => "PYTHON",
        runtimes::Language::Java => "JAVA",
        runtimes::Language::Ruby => "RUBY",
        runtimes::Language::DotNet => "DOTNET_CORE",
        runtimes::Language::Go => "GO",
        runtimes::Language::Provided => "OTHER",
    };
    let family = Expression::word(format!("aws_lambda.RuntimeFamily.{family}"));
    Expression::Make("aws_lambda.Runtime", vec![Expression::text(runtime.id), family], vec![])
}

fn architecture(architecture: Architecture) -> Expression {
    let name = match architecture {
        Architecture::X86_64 => "X86_64",
        Architecture::Arm64 => "ARM_64",
    };
    Expression::word(format!("aws_lambda.Architecture.{name}"))
}
