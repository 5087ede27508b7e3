// ESLint rule: every exported function and class says what it is for, what it takes, returns and throws.

/** Rooms whose exports are documented; the rule is on for these. It ends as all of src. */
export const DOCUMENTED = [
  'main.ts',
  'lib',
  'formats',
  'storage',
  'audio',
  'synth/analysis',
  'synth/dsp',
  'synth/engine',
  'synth/exciters',
  'synth/gestures',
  'synth/loop',
  'synth/master',
  'synth/materials',
  'synth/night',
  'synth/resonators',
  'synth/space',
  'synth/triggers',
  'synth/index.ts',
  'synth/kernelExports.ts',
  'synth/params.ts',
  'synth/scene.ts',
  'synth/trigger.ts',
  'presets',
  'practice',
  'cli',
  'offline',
  'ui/describeDecode.ts',
  'ui/describeDiff.ts',
  'ui/describeLimit.ts',
  'ui/describeScene.ts',
  'ui/formatParam.ts',
  'ui/triggerMessages.ts',
  'ui/messages',
  'ui/features/backup',
];

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'TSDeclareFunction'];
const RETURNS_NOTHING = /^:\s*(?:void|never|Promise<(?:void|never)>|asserts\b.*)$/s;

/** Whether `found` holds for a node of this function, inner functions left aside. */
function contains(sourceCode, node, found, leave = () => false) {
  if (found(node)) return true;
  return (sourceCode.visitorKeys[node.type] ?? []).some((key) =>
    [node[key]]
      .flat()
      .some(
        (child) =>
          child && !FUNCTIONS.includes(child.type) && !leave(child, node) && contains(sourceCode, child, found, leave),
      ),
  );
}

const returnsValue = (node) => node.type === 'ReturnStatement' && node.argument !== null;
const throws = (node) => node.type === 'ThrowStatement';
const isCaught = (child, parent) => parent.type === 'TryStatement' && parent.handler && child === parent.block;

/** Name of a parameter; nothing for one that is taken apart, which any name may describe. */
function nameOf(param) {
  if (param.type === 'AssignmentPattern') return nameOf(param.left);
  if (param.type === 'RestElement') return nameOf(param.argument);
  return param.type === 'Identifier' ? param.name : undefined;
}

/** The parts of a JSDoc block: its description, and each tag with its text. */
function parse(comment) {
  const text = comment.value.replace(/^\s*\* ?/gm, '');
  const [description, ...tags] = `\n${text}`.split(/\n(?=@\w)/);
  return { description, tags: tags.map((tag) => /^@(\w+)\s*(.*)$/s.exec(tag).slice(1)) };
}

function* missingParts(sourceCode, node, comment) {
  if (!comment) return yield 'a JSDoc block';
  const { description, tags } = parse(comment);
  if (!/\w/.test(description)) yield 'a description';
  if (!FUNCTIONS.includes(node.type)) return;

  const params = node.params.filter((param) => nameOf(param) !== 'this');
  const documented = tags.filter(([tag]) => tag === 'param').map(([, text]) => /^(\S+)\s+-\s+\S/.exec(text)?.[1]);
  for (const [index, param] of params.entries()) {
    const name = nameOf(param);
    if (documented[index] === undefined || (name && name !== documented[index])) {
      yield `"@param ${name ?? 'options'} - meaning"${documented[index] ? ` in the place of ${documented[index]}` : ''}`;
    }
  }
  if (documented.length > params.length) yield `a parameter for each @param: ${documented.at(-1)} is too many`;

  const has = (...names) => tags.some(([tag, text]) => names.includes(tag) && text.trim() !== '');
  const returns = node.returnType
    ? !RETURNS_NOTHING.test(sourceCode.getText(node.returnType))
    : node.expression || contains(sourceCode, node.body, returnsValue);
  if (returns && !has('returns', 'yields')) yield '@returns';
  if (node.body && contains(sourceCode, node.body, throws, isCaught) && !has('throws')) yield '@throws';
}

export const docs = {
  meta: { type: 'suggestion', docs: { description: 'Exported functions and classes have JSDoc' }, schema: [] },
  create(context) {
    const { sourceCode } = context;
    const overloaded = new Set();
    const docOf = (statement) =>
      sourceCode.getCommentsBefore(statement).findLast(({ type, value }) => type === 'Block' && value.startsWith('*'));
    /** A trigger names the models and measurements it is made from. */
    const checkSources = (statement, id) => {
      if (!/\n \* Source: \S/.test(docOf(statement)?.value ?? ''))
        context.report({ node: id, message: `${id.name} needs "Source: author year, which model".` });
    };
    const check = (statement, node, name) => {
      if (overloaded.has(name)) return; // the first signature speaks for all
      if (node.type === 'TSDeclareFunction') overloaded.add(name);
      for (const part of missingParts(sourceCode, node, docOf(statement))) {
        context.report({ node: node.id ?? node, message: `${name} needs ${part}.` });
      }
    };
    return {
      'ExportNamedDeclaration, ExportDefaultDeclaration'(statement) {
        const { declaration } = statement;
        if (!declaration) return;
        if (declaration.type === 'ClassDeclaration' || FUNCTIONS.includes(declaration.type)) {
          check(statement, declaration, declaration.id?.name ?? 'The default export');
        }
        for (const { id, init } of declaration.declarations ?? []) {
          if (init?.type === 'CallExpression' && init.callee.name === 'defineTrigger') checkSources(statement, id);
          if (init && (FUNCTIONS.includes(init.type) || init.type === 'ClassExpression'))
            check(statement, init, id.name);
        }
      },
    };
  },
};
