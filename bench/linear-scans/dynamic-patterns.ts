/** Places where the product builds a `RegExp` at run time, and why they are not measured. */
export const DYNAMIC_PATTERNS = [
  {
    file: 'src/sandbox/aws/cloudformation/stack-request.ts',
    because:
      "the embedded cloud applies a template's AllowedPattern, which its author chooses; no function holds the sandbox",
  },
  {
    file: 'src/sandbox/openstack/heat/parameters.ts',
    because: 'the embedded Heat applies the allowed_pattern of a template in the same way',
  },
  {
    file: 'src/cli/ros-template/parameters.ts',
    because:
      '`stackbridge up` applies the AllowedPattern of a template, which the user of the command line chooses; no function holds it',
  },
  {
    file: 'src/cli/template-check/allowed-pattern.ts',
    because:
      '`stackbridge validate` applies the AllowedPattern of a template to short values, unless it repeats a group without a limit; no function holds it',
  },
  {
    file: 'src/channels/mns/certificate-url.ts',
    because:
      "an operator's prefix with its characters escaped, and a class for the region: linear by its form",
  },
  {
    file: 'src/providers/identifiers/id-grammar.ts',
    because: 'the grammars of the parts of an id, which are literals of the sources and measured there',
  },
  {
    file: 'src/cli/upload/upload.ts',
    because:
      "the name of an element between two literals, in a store's answer of at most 10,000 characters; no function holds it",
  },
] as const
