/**
 * Files of at most 400 lines (Solidity 500) and functions of at most 60: longer ones are read by nobody as a whole.
 * A function that is better long says why in the line above it: `// long: one table, read from top to bottom`.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { fromRoot } from '../lib/paths.ts';

const FILE_LINES_MAX: Readonly<Record<string, number>> = {
  '.ts': 400,
  '.tsx': 400,
  '.mjs': 400,
  '.cjs': 400,
  '.js': 400,
  '.css': 400,
  '.sol': 500,
};
const FUNCTION_LINES_MAX = 60;
const GENERATED = /(^|\/)generated\/|\.gen\.tsx?$/;
const REASON = /^\s*(\/\/|\*|\/\*\*?)\s*long: \S+/;
/** A group of tests is a list, not a function anybody has to hold in mind. */
const GROUPS = new Set(['describe', 'suite', 'context']);

function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: fromRoot(),
    encoding: 'utf8',
  });
  return [...new Set(listed.split('\n'))].filter(
    (file) => path.extname(file) in FILE_LINES_MAX && !GENERATED.test(file) && fs.existsSync(fromRoot(file)),
  );
}

function isGroup(node: ts.Node): boolean {
  if (!ts.isCallExpression(node.parent)) return false;
  const called = node.parent.expression;
  return ts.isIdentifier(called) ? GROUPS.has(called.text) : called.getText().startsWith('describe.');
}

/** The line where a reader meets the function: its statement or member, not the arrow in the middle of it. */
function firstLineOf(node: ts.Node, file: ts.SourceFile): number {
  let at: ts.Node = node;
  while (
    ts.isVariableDeclaration(at.parent) ||
    ts.isVariableDeclarationList(at.parent) ||
    ts.isVariableStatement(at.parent)
  ) {
    at = at.parent;
  }
  if (ts.isPropertyAssignment(at.parent) || ts.isPropertyDeclaration(at.parent)) at = at.parent;
  return file.getLineAndCharacterOfPosition(at.getStart(file)).line;
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  const named = node.name ?? ('name' in node.parent ? (node.parent.name as ts.Node | undefined) : undefined);
  return ts.isConstructorDeclaration(node) ? 'constructor' : (named?.getText() ?? 'function');
}

function longFunctions(file: string, text: string): string[] {
  const lines = text.split('\n');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && !isGroup(node)) {
      const first = firstLineOf(node, source);
      const last = source.getLineAndCharacterOfPosition(node.end).line;
      const length = last - first + 1;
      if (length > FUNCTION_LINES_MAX) {
        const isExcused = REASON.test(lines[first - 1] ?? '');
        if (!isExcused)
          found.push(`${file}:${first + 1} ${nameOf(node as ts.FunctionLikeDeclaration)} has ${length} lines`);
        // What is inside is long because of it, or excused with it.
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const problems = sourceFiles().flatMap((file) => {
  const text = fs.readFileSync(fromRoot(file), 'utf8');
  const extension = path.extname(file);
  const count = text.trimEnd().split('\n').length;
  const max = FILE_LINES_MAX[extension] ?? 0;
  const tooLong = count > max ? [`${file} has ${count} lines (at most ${max})`] : [];
  return extension === '.sol' || extension === '.css' ? tooLong : [...tooLong, ...longFunctions(file, text)];
});
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
