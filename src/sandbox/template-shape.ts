import { isJsonObject, type JsonObject, type JsonValue } from '../platform/json.ts'

/** A template of CloudFormation, ROS or Heat, by its sections. */
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

/** Reads each definition of a section; throws what `notAMap` returns for the name of one that is no map. */
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
