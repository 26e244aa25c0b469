"""Writes the resource types of OpenStack Heat that `stackbridge validate` and the embedded Heat know, from Heat's own code, into
src/resource-types/heat-list.ts. Needs Heat's Python packages: `test/real-heat/real-heat install`.
Run it from the root of the repository with Debian's Python: /usr/bin/python3 build/heat-resource-types.py"""

import datetime
import re

from heat import version
from heat.engine import properties, resources

FILE = 'src/resource-types/heat-list.ts'

# What Heat's main branch of 2026-08-21 has beside Heat 19: properties of types, and types with properties and attributes.
NEWER_PROPERTIES = {
    'OS::Designate::Zone': ['attributes^'],
    'OS::Neutron::ProviderNet': ['tenant_id^'],
    'OS::Neutron::Router': ['tenant_id^'],
    'OS::Neutron::SecurityGroup': ['stateful'],
}
NEWER_TYPES = [
    'OS::Aodh::PrometheusAlarm comparison_operator,query!,threshold!,description,enabled,alarm_actions,ok_actions,'
    'insufficient_data_actions,alarm_queues,ok_queues,insufficient_data_queues,repeat_actions,severity,time_constraints^ show',
    'OS::Octavia::AvailabilityZone description,enabled,name,availability_zone_profile!^ availability_zone_profile_id,show',
    'OS::Octavia::AvailabilityZoneProfile name,availability_zone_data!,provider_name show',
]


def marked(name, schema):
    required = '!' if schema.required and schema.default is None else ''
    # Heat refuses a change of an immutable property before it asks whether the resource has to be replaced.
    change = '=' if schema.immutable else '' if schema.update_allowed else '^'
    return name + required + change


resources.initialise()
environment = resources.global_env()
lines = list(NEWER_TYPES)
for name in environment.registry._registry:
    # Others are patterns that stand for a type of another name, and settings.
    if not re.fullmatch(r'\w+(::\w+){2,}', name):
        continue
    kind = environment.get_class(name)
    # In the order of the schema: Heat names the first required property that is missing.
    names = [marked(p, s) for p, s in properties.schemata(kind.properties_schema).items()]
    attributes = {**kind.attributes_schema, **kind.base_attributes_schema}
    lines.append(' '.join([name, ','.join(names + NEWER_PROPERTIES.get(name, [])), ','.join(sorted(attributes))]))

with open(FILE, 'w', encoding='utf-8') as file:
    file.write(f'''/**
 * Written by `build/heat-resource-types.py` on {datetime.date.today()} from Heat {version.version_info.release_string()}, Apache-2.0:
 * https://opendev.org/openstack/heat; with what Heat's main branch of 2026-08 has beside it.
 * One resource type per line: its name, its properties, and its attributes. `!` marks a required property, `^` one that is not
 * `update_allowed`, `=` one that is `immutable`.
 */
export const RESOURCE_TYPE_LIST = `
''' + '\n'.join(sorted(lines)) + '\n`\n')
