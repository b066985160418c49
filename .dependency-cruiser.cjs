/**
 * Who may know whom. Each rule keeps a decision of ARCHITECTURE.md true; its comment is what a person reads who breaks it.
 */
const MODULES = '^apps/api/src/modules';
/** x.ts beside the module's other files: plain words of the domain, without a role in the name. */
const DOMAIN_FILE = `${MODULES}/[^/]+/[a-z0-9-]+\\.ts$`;
const FRONT_DOOR = `${MODULES}/[^/]+/[a-z0-9-]+\\.(service|module|schemas)\\.ts$`;
const SPEC = '\\.spec\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'only-register-knows-an-evm',
      comment: 'Everybody else speaks of payables, units and money. Ask the register module for what you need.',
      severity: 'error',
      from: { path: '^apps/', pathNot: [`${MODULES}/register/`] },
      to: { path: ['(^|/)node_modules/ethers/', `${MODULES}/register/generated/`] },
    },
    {
      name: 'modules-by-their-front-door',
      comment: 'Another module is reached by its service, its module, its wire schemas or its plain domain files.',
      severity: 'error',
      from: { path: `${MODULES}/([^/]+)/`, pathNot: SPEC },
      to: { path: `${MODULES}/`, pathNot: [`${MODULES}/$1/`, FRONT_DOOR, DOMAIN_FILE] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Pricing and domain folders are functions of their arguments: no framework, no database, no network.',
      severity: 'error',
      from: { path: [`${MODULES}/[^/]+/domain/`, `${MODULES}/pricing/pricing`], pathNot: SPEC },
      to: { path: '(^|/)node_modules/(@nestjs|typeorm|pg|fastify|ethers)/' },
    },
    {
      name: 'common-knows-no-module',
      comment: 'What is common to all cannot depend on one of them.',
      severity: 'error',
      from: { path: '^apps/api/src/common/', pathNot: SPEC },
      to: { path: `${MODULES}/` },
    },
    {
      name: 'web-and-api-meet-on-the-wire',
      comment:
        'The web knows the API by its generated client alone, and the API serves any client. (A spec may compare the two.)',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/', pathNot: SPEC },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'product-needs-no-tooling',
      comment: 'The product must run without scripts and tests.',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/', pathNot: SPEC },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one file, or miss a third that both need. Types alone may point back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(node:|virtual:)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/|vite\\.config|openapi-ts\\.config|postcss\\.config' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
