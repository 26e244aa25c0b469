/** Places where the product builds a `RegExp` at run time, and why they are not measured. */
export const DYNAMIC_PATTERNS = [
  {
    file: 'src/sandbox/aws/cloudformation/stack-request.ts',
    because:
      "the embedded cloud applies a template's AllowedPattern, which its author chooses; no function holds the sandbox",
  },
] as const
