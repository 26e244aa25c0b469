"""Writes the resource types of OpenStack Heat that `stackbridge validate` knows, from Heat's own code, into
src/cli/template-check/heat/resource-type-list.ts. Needs Heat's Python packages: `test/real-heat/real-heat install`.
Run it from the root of the repository with Debian's Python: /usr/bin/python3 build/heat-resource-types.py"""

import re

from heat import version
from heat.engine import properties, resources

FILE = 'src/cli/template-check/heat/resource-type-list.ts'

resources.initialise()
environment = resources.global_env()
lines = []
for name in environment.registry._registry:
    # Others are patterns that stand for a type of another name, and settings.
    if not re.fullmatch(r'[A-Za-z]+::[A-Za-z]+::[A-Za-z0-9]+', name):
        continue
    kind = environment.get_class(name)
    schemata = properties.schemata(kind.properties_schema)
    names = [p + ('!' if s.required and s.default is None else '') for p, s in schemata.items()]
    attributes = {**kind.attributes_schema, **kind.base_attributes_schema}
    lines.append(' '.join([name, ','.join(sorted(names)), ','.join(sorted(attributes))]))

with open(FILE, 'w', encoding='utf-8') as file:
    file.write(f'''/**
 * Written by `build/heat-resource-types.py` from Heat {version.version_info.release_string()}, Apache-2.0: https://opendev.org/openstack/heat
 * One resource type per line: its name, its properties, and its attributes; `!` marks a required property.
 */
export const RESOURCE_TYPE_LIST = `
''' + '\n'.join(sorted(lines)) + '\n`\n')
