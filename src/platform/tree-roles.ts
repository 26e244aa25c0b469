import type { TextTree, TreeEntry } from './text-tree.ts'

/** What the names in a map of a template or configuration say about its entries. Names are compared as `plainName` has them. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const NAME_FIELDS = words(
  'name key parameterkey parametername varkey varname variable variablename envname optionname headername header attributename ' +
    'fieldname keyname propertyname k',
)
const VALUE_FIELDS = words(
  'value parametervalue varvalue variablevalue stringvalue plaintext content default v valuefrom headervalue values',
)
/** Texts for people, and rules that a value has to keep. */
const DESCRIPTIVE = words(
  'description descriptions constraintdescription label labels type types allowedpattern allowedpatterndescription allowedvalues ' +
    'constraints constraint minlength maxlength minvalue maxvalue noecho hidden sensitive nullable immutable validation ' +
    'associationproperty associationpropertymetadata confirm textarea placeholder help errormessage title summary condition ' +
    'dependson deletionpolicy updatereplacepolicy apiversion kind metadata',
)
/** Fields beside a secret that are none, such as the user of a connection. */
const HARMLESS_FIELDS = words(
  'username user login host hostname port engine database dbname dbinstanceidentifier dbclusteridentifier schema name region endpoint ' +
    'protocol driver charset email length special upper lower numeric number minlower minupper minnumeric minspecial ' +
    'overridespecial excludecharacters passwordlength generatestringkey export expire external tags kmskeyid forceoverwritereplicasecret command commands test script run',
)
const REFERENCES = words(
  'ref fngetatt fnimportvalue fnfindinmap fngetazs getparam getattr getresource getfile dependson condition fngetstackoutput',
)
const LABEL_FIELDS = words(
  'parameterlabels parametergroups conditions rules awscloudformationinterface aliyunrosinterface',
)
/** Blocks of Terraform, with the number of their labels. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
])

/** A name in lower case and without separators, at most 64 characters: `DB_Password` becomes `dbpassword`. */
export function plainName(name: string): string {
  return name
    .slice(0, 64)
    .toLowerCase()
    .replaceAll(/[-_:. ]/g, '')
}

/** A map such as `{Name: DB_PASSWORD, Value: x}`. */
export interface Pair {
  readonly name: string
  readonly nameField: string
  readonly valueFields: ReadonlySet<string>
}

/** The pair that a map is; `undefined` for any other map. */
export function pairOf(entries: readonly TreeEntry[]): Pair | undefined {
  if (!entries.some(({ name }) => VALUE_FIELDS.has(plainName(name)))) return undefined
  for (const { name, value } of entries) {
    const field = plainName(name)
    if (NAME_FIELDS.has(field) && value.kind === 'scalar')
      return { name: value.text, nameField: field, valueFields: VALUE_FIELDS }
  }
  return undefined
}

/** A resource of a template, or a module: its logical name says nothing about its properties. */
export function isBlockOfResources(entries: readonly TreeEntry[]): boolean {
  const names = new Set(entries.map(({ name }) => plainName(name)))
  return (names.has('type') && names.has('properties')) || names.has('source')
}

/** A manifest whose fields are all secret. */
export function isSecretOfKubernetes(entries: readonly TreeEntry[]): boolean {
  return (
    entries.some(
      ({ name, value }) => name === 'kind' && value.kind === 'scalar' && value.text === 'Secret',
    ) && entries.some(({ name }) => name === 'data' || name === 'stringData')
  )
}

/** `field`: as `plainName` gives it. */
export function isDescriptive(field: string): boolean {
  return DESCRIPTIVE.has(field)
}

/** Whether the names below are those of parameters or conditions, beside texts for people. */
export function areLabels(field: string): boolean {
  return LABEL_FIELDS.has(field)
}

/** `field`: as `plainName` gives it. */
export function isHarmlessField(field: string): boolean {
  return HARMLESS_FIELDS.has(field) || /(?:user|users|username|host|hostname|port|email|url)$/.test(field)
}

/** A function of a template that names another value. */
export function isReferenceTo(name: string, { kind }: TextTree): boolean {
  return kind !== 'map' && REFERENCES.has(plainName(name))
}

/** A function of a template whose arguments are parts of no text, such as `Fn::Select`. */
export function isOtherFunction(name: string): boolean {
  return (
    name.startsWith('Fn::') && !/^Fn::(?:Sub|Join|Base64\w*|If|Replace|Str|Transform|[a-z]\w*)$/.test(name)
  )
}

/** How many levels of maps below a block of Terraform are its labels; 0 for any other name. */
export function labelLevels(name: string): number {
  return LABELS.get(name) ?? 0
}

/** The text that `Fn::Join` or `list_join` makes, with a reference in the place of each value that is not known. */
export function joinedTexts(name: string, value: TextTree): string[] {
  if (!/^(?:fnjoin|listjoin)$/.test(plainName(name)) || value.kind !== 'list') return []
  const [delimiter, ...lists] = value.items
  const items = lists.flatMap((list) => (list.kind === 'list' ? list.items : []))
  const texts = items.map((item) => (item.kind === 'scalar' ? item.text : '${_}'))
  return [texts.join(delimiter?.kind === 'scalar' ? delimiter.text : '')]
}
