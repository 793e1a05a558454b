import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** What every resource says of itself. */
const resource = z.looseObject({
  apiVersion: z.string(),
  kind: z.string().regex(/^[A-Z][A-Za-z]+$/),
  metadata: z.looseObject({ name: z.string() }),
});

/** What was looked at, and what is wrong with it. */
export interface Checked {
  /** Kind and name of each resource. */
  readonly names: readonly string[];
  readonly problems: readonly string[];
}

/** Nothing is written there; packages are looked for from there. */
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * Checks resources against Kubernetes' own schemas, as strictly as the server does: a field that there is none of is a
 * problem, too. The package kubernetes-types has the schemas as TypeScript's types, and TypeScript is here anyway: no
 * other program, and nothing to download.
 *
 * @param rendered YAML documents, one a resource
 */
export function checkResources(rendered: string): Checked {
  const documents = parseAllDocuments(rendered);
  const broken = documents.flatMap(({ errors }) => errors.map(({ message }) => message));
  if (broken.length > 0) {
    return { names: [], problems: broken };
  }
  const sources = new Map<string, string>();
  const names: string[] = [];
  const problems: string[] = [];
  for (const document of documents) {
    const { data, error } = resource.safeParse(document.toJS());
    if (data === undefined) {
      problems.push(`a resource is none: ${z.prettifyError(error)}`);
      continue;
    }
    const name = `${data.kind} ${data.metadata.name}`;
    names.push(name);
    sources.set(join(FOLDER, `${name}.ts`), asSource(data));
  }
  return { names, problems: [...problems, ...problemsIn(sources)] };
}

/** A resource as TypeScript sees it. */
function asSource(data: z.output<typeof resource>): string {
  const { apiVersion, kind } = data;
  const [group = '', version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['core', apiVersion];
  const from = `kubernetes-types/${group.split('.')[0] ?? ''}/${version ?? ''}`;
  const literal = JSON.stringify(data, null, 1);
  return `import type { ${kind} } from '${from}';\nexport const it: ${kind} = ${literal};\n`;
}

function problemsIn(sources: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    // Types alone: what is in a newer library is not needed, and takes a second to read.
    lib: ['lib.es5.d.ts'],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => sources.has(file) || disk.fileExists(file),
    readFile: (file) => sources.get(file) ?? disk.readFile(file),
    getSourceFile: (file, target, ...rest) => {
      const text = sources.get(file);
      return text === undefined
        ? disk.getSourceFile(file, target, ...rest)
        : ts.createSourceFile(file, text, target);
    },
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(inWords);
}

/** Which resource, which line of it, and what TypeScript says. */
function inWords({ file, start = 0, messageText }: ts.Diagnostic): string {
  const said = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (file === undefined) {
    return said;
  }
  const line = file.text.slice(start).split('\n')[0]?.replace(/,$/, '') ?? '';
  const name = file.fileName.slice(FOLDER.length).replace(/\.ts$/, '');
  return `${name}: ${line}: ${said}`;
}
