"""A rule for Bazel: templates from patterns.

Bazel wants every input and output named beforehand, which suits: `srcs` holds what is read, `targets` and `providers`
say what is written, and an action that reads anything else fails in its sandbox. Outputs are the same bytes on every
machine, so a shared cache holds them.
"""

def _crenel_templates_impl(ctx):
    folder = ctx.label.name
    outputs = []
    for target in ctx.attr.targets:
        for provider in ctx.attr.providers:
            stem = "{}/{}.{}".format(folder, target, provider)
            outputs.append(ctx.actions.declare_file(stem + ".json"))
            outputs.append(ctx.actions.declare_file(stem + ".certificate.json"))
    arguments = ctx.actions.args()
    arguments.add("build")
    arguments.add(ctx.file.src)
    arguments.add("-o", outputs[0].dirname)
    arguments.add_all(ctx.attr.targets, before_each = "--target")
    arguments.add_all(ctx.attr.providers, before_each = "--provider")
    arguments.add("--root", ".")
    arguments.add("--quiet")
    ctx.actions.run(
        executable = ctx.executable.crenel,
        arguments = [arguments],
        inputs = [ctx.file.src] + ctx.files.srcs,
        outputs = outputs,
        mnemonic = "Crenel",
        progress_message = "Compiling networks of %{label}",
    )
    return [DefaultInfo(files = depset(outputs))]

crenel_templates = rule(
    implementation = _crenel_templates_impl,
    doc = "Compiles `src` to a template and a certificate for each of `targets` and `providers`.",
    attrs = {
        "src": attr.label(allow_single_file = [".crenel"], mandatory = True),
        "srcs": attr.label_list(allow_files = [".crenel"], doc = "What `src` imports."),
        "targets": attr.string_list(mandatory = True, doc = "Patterns, or STACK.ENVIRONMENT."),
        "providers": attr.string_list(default = ["aws", "azure"]),
        "crenel": attr.label(default = ":crenel", executable = True, cfg = "exec", allow_files = True),
    },
)
