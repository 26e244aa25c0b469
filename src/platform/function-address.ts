/** The address of a function; each part has the form that Function Compute documents. */
export interface FunctionAddress {
  readonly accountId: string
  readonly region: string
  /** Only for a function of FC 2.0; FC 3.0 has no services. */
  readonly service?: string
  readonly name: string
  /** The version or alias that was invoked; absent if the invocation had no qualifier. */
  readonly qualifier?: string
}

interface Part {
  readonly form: RegExp
  readonly rule: string
}

/** https://www.alibabacloud.com/help/en/functioncompute/fc/developer-reference/api-fc-2023-03-30-createfunction */
const PARTS = {
  accountId: { form: /^\d{1,20}$/, rule: 'the account id must be digits' },
  region: {
    form: /^[a-z][a-z0-9-]{0,63}$/,
    rule: 'the region must be lower-case letters, digits and hyphens, and begin with a letter',
  },
  service: {
    form: /^[A-Za-z_][\w-]{0,127}$/,
    rule: 'the service must be letters, digits, _ and -, and begin with a letter or _',
  },
  name: {
    form: /^[A-Za-z_][\w-]{0,127}$/,
    rule: 'the function name must be letters, digits, _ and -, and begin with a letter or _',
  },
  qualifier: {
    form: /^[\w-]{1,128}$/,
    rule: 'the qualifier must be a version or an alias: letters, digits, _ and -',
  },
} as const satisfies Record<keyof FunctionAddress, Part>

/**
 * The address in the ARN of a function of FC 3.0 or 2.0, with its version or alias; `undefined` where it is of another form.
 * https://www.alibabacloud.com/help/en/fc/user-guide/result-callback
 */
export function parseFunctionArn(arn: string): FunctionAddress | undefined {
  const [, region, accountId, service, ofService, name, ofFunction] =
    /^acs:fc:([^:/]{1,64}):(\d{1,20}):(?:services\/([\w-]{1,128})(?:\.([\w-]{1,128}))?\/)?functions\/([\w-]{1,128})(?:\/([\w-]{1,128}))?$/.exec(
      arn,
    ) ?? []
  return parseFunctionAddress({ region, accountId, service, name, qualifier: ofService ?? ofFunction })
    .address
}

const NAMES = ['accountId', 'region', 'service', 'name', 'qualifier'] as const

export type GivenAddress = { readonly [Name in keyof FunctionAddress]-?: string | undefined }

/**
 * Parses the parts of an address. `address` is absent if a required part is missing or a part has another form. `problems`
 * has the rule of each part with another form, without its value. Never throws.
 */
export function parseFunctionAddress(given: GivenAddress): {
  readonly address?: FunctionAddress
  readonly problems: readonly string[]
} {
  const { accountId, region, service, name, qualifier } = given
  const problems = NAMES.flatMap((part) => {
    const value = given[part]
    const { form, rule } = PARTS[part]
    return value === undefined || form.test(value) ? [] : [rule]
  })
  if (problems.length > 0 || accountId === undefined || region === undefined || name === undefined)
    return { problems }
  return {
    address: {
      accountId,
      region,
      name,
      ...(service === undefined ? {} : { service }),
      ...(qualifier === undefined ? {} : { qualifier }),
    },
    problems,
  }
}
