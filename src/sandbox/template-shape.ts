import { isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'

/** The sections that templates of CloudFormation, ROS and Heat share. */
export interface TemplateShape<Parameter, Resource, Output> {
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly resources: ReadonlyMap<string, Resource>
  readonly outputs: ReadonlyMap<string, Output>
}

export interface ResourceShape {
  readonly type: string
  readonly properties: JsonObject
  readonly dependsOn: readonly string[]
}

/** Reads each definition of a section. Throws the error that `notAMap` returns for a definition that is no map. */
export function readDefinitions<Definition>(
  section: ReadonlyMap<string, JsonValue>,
  read: (value: JsonObject, name: string) => Definition,
  notAMap: (name: string) => Error,
): Map<string, Definition> {
  return new Map(
    [...section].map(([name, value]) => {
      if (!isJsonObject(value)) throw notAMap(name)
      return [name, read(value, name)]
    }),
  )
}
