// ESLint rule: names of ours are the field's standard terms. Only names that are declared here count, not those of libraries.

/** Rooms that are clean; the rule is on for these. It ends as all of src. */
export const NAMED = [
  'lib',
  'formats',
  'storage',
  'audio',
  'presets',
  'practice',
  'cli',
  'offline',
  'synth/analysis',
  'synth/dsp',
  'synth/engine',
  'synth/exciters',
  'synth/gestures',
  'synth/loop',
  'synth/master',
  'synth/night',
  'synth/resonators',
  'synth/space',
  'synth/triggers',
  'synth/index.ts',
  'synth/kernelExports.ts',
  'synth/params.ts',
  'synth/scene.ts',
  'synth/trigger.ts',
  'ui/describeDecode.ts',
  'ui/describeDiff.ts',
  'ui/describeLimit.ts',
  'ui/describeScene.ts',
  'ui/formatParam.ts',
  'ui/triggerMessages.ts',
  'ui/messages',
];

/** Words that say nothing to a newcomer, and what the web platform or signal processing says instead. */
const DENIED = {
  'take tell told hear heard ask asked': 'read, drain, notify, report, onMessage, prompt …',
  'say said': 'format, describe, announce, push',
  'keep kept keeper': 'save, saved, retain, store',
  'lose lost': 'markLost, evict, unreadable',
  'beside aside': 'inWorker, draft, unsaved',
  later: 'lazy',
  'breath breaths': 'yieldToMain',
  'door doors': 'decode, importer',
  'seal sealed unseal': 'encrypt, decrypt, writesDisabled',
  'squeeze squeezed': 'deflate (bytes), crumple (paper)',
  'turn turns turned': 'task, lock, wrapAzimuth',
  'greet rescued mend mended': 'probe, undelete, repair',
  'wander wandering shower': 'SmoothNoise, PoissonProcess',
  'woke broke': 'onWake, onInterrupted',
};
const STANDARD = new Map(Object.entries(DENIED).flatMap(([words, use]) => words.split(' ').map((word) => [word, use])));

/** Words that are denied as the verb of a longer name, too: takeContact, tellBack, hearOne. */
const VERBS = ['take', 'tell', 'told', 'hear', 'heard', 'ask', 'asked', 'say', 'kept', 'beside', 'lose'];
const PREFIXES = /^(?:MOST|LONGEST|LARGEST|HIGHEST|SMALLEST|LOWEST|SHORTEST|USUAL)(?:_|$)/;

function complaint(name) {
  if (PREFIXES.test(name)) return 'MAX_, MIN_ or DEFAULT_';
  const [first = ''] = name.replace(/^[#_]+/, '').split(/(?=[A-Z])/);
  const whole = STANDARD.get(name.replace(/^#/, '').toLowerCase());
  return whole ?? (VERBS.includes(first.toLowerCase()) ? STANDARD.get(first.toLowerCase()) : undefined);
}

export const names = {
  meta: { type: 'suggestion', docs: { description: 'Declared names are standard terms' }, schema: [] },
  create(context) {
    const check = (node) => {
      if (node?.type !== 'Identifier' && node?.type !== 'PrivateIdentifier') return;
      const use = complaint(node.name);
      if (use) context.report({ node, message: `"${node.name}" is not a standard term: ${use}.` });
    };
    /** Variables bound by a pattern; the keys of what is taken apart belong to somebody else. */
    const checkPattern = (pattern) => {
      if (!pattern) return;
      if (pattern.type === 'ObjectPattern') {
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') checkPattern(property);
          else if (!property.shorthand) checkPattern(property.value);
        }
      } else if (pattern.type === 'ArrayPattern') pattern.elements.forEach(checkPattern);
      else if (pattern.type === 'AssignmentPattern') checkPattern(pattern.left);
      else if (pattern.type === 'RestElement') checkPattern(pattern.argument);
      else if (pattern.type === 'TSParameterProperty') checkPattern(pattern.parameter);
      else check(pattern);
    };
    const checkFunction = ({ id, params }) => {
      check(id);
      params.forEach(checkPattern);
    };
    const checkId = ({ id }) => check(id);
    const checkKey = ({ key, computed }) => computed || check(key);
    return {
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      ArrowFunctionExpression: checkFunction,
      TSDeclareFunction: checkFunction,
      VariableDeclarator: ({ id }) => checkPattern(id),
      ClassDeclaration: checkId,
      TSInterfaceDeclaration: checkId,
      TSTypeAliasDeclaration: checkId,
      PropertyDefinition: checkKey,
      MethodDefinition: checkKey,
      TSPropertySignature: checkKey,
      TSMethodSignature: checkKey,
    };
  },
};
