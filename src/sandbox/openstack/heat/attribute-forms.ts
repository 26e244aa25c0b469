import type { ValuePattern } from '../../value-pattern.ts'

/**
 * What `get_resource` and `get_attr` give for common types, in the form that Heat's plug-ins give
 * (openstack/heat 19.0.0, heat/engine/resources) and that the APIs behind them show:
 * https://docs.openstack.org/api-quick-start/ has each of them. Attributes that repeat a property are not listed.
 */
export interface AttributeForms {
  /** The physical id. A UUID by default. */
  readonly id?: ValuePattern
  /** What `get_resource` gives, where that is not the physical id. */
  readonly reference?: ValuePattern
  readonly attributes?: Readonly<Record<string, ValuePattern>>
}

const MAC = 'fa:16:3e:{hex:2:a}:{hex:2:b}:{hex:2:c}'
/** Of a resource that is nothing but an entry in Heat. */
const OWN_NAME = { id: '{madeName}' }

const compute: Readonly<Record<string, AttributeForms>> = {
  'OS::Nova::Server': {
    attributes: {
      accessIPv4: '',
      accessIPv6: '',
      addresses: {
        '{networkName}': [
          {
            addr: '192.0.2.{octet}',
            version: 4,
            'OS-EXT-IPS:type': 'fixed',
            'OS-EXT-IPS-MAC:mac_addr': MAC,
            port: '{uuid:port}',
          },
        ],
      },
      console_urls: { novnc: 'http://console.example.com:6080/vnc_auto.html?token={uuid:token}' },
      first_address: '192.0.2.{octet}',
      instance_name: 'instance-{hex:8}',
      name: '{name}',
      networks: { '{networkName}': ['192.0.2.{octet}'] },
      os_collect_config: {},
      tags: '{$tags|}',
    },
  },
  'OS::Nova::KeyPair': {
    id: '{name}',
    attributes: {
      private_key: '{privateKey}',
      public_key: '{$public_key|ssh-rsa sandbox-key-of-no-value Generated-by-Nova}',
    },
  },
  'OS::Nova::Flavor': { attributes: { is_public: true, extra_specs: {} } },
  'OS::Nova::FloatingIP': { attributes: { ip: '203.0.113.{octet}', pool: '{$pool|public}' } },
  'OS::Cinder::Volume': {
    attributes: {
      attachments: '[]',
      attachments_list: [],
      availability_zone: '{$availability_zone|nova}',
      bootable: 'false',
      created_at: '2026-01-01T00:00:00.000000',
      display_description: '{$description|}',
      display_name: '{$name|{madeName}}',
      encrypted: 'False',
      metadata: '{}',
      metadata_values: '{$metadata|}',
      multiattach: false,
      size: '{$size|1}',
      snapshot_id: '{$snapshot_id|}',
      source_volid: '{$source_volid|}',
      status: 'available',
      volume_type: '{$volume_type|lvmdriver-1}',
    },
  },
  'OS::Swift::Container': {
    id: '{$name|{madeName}}',
    attributes: {
      BytesUsed: 0,
      DomainName: 'objects.example.com',
      HeadContainer: {},
      ObjectCount: 0,
      RootURL: 'https://objects.example.com/v1/AUTH_{project}',
      WebsiteURL: 'https://objects.example.com/v1/AUTH_{project}/{ref}',
    },
  },
  'OS::Trove::Instance': {
    attributes: {
      hostname: '{lower:12}.db.example.com',
      href: 'https://trove.example.com/v1.0/{project}/instances/{ref}',
    },
  },
}

const network: Readonly<Record<string, AttributeForms>> = {
  'OS::Neutron::Net': {
    attributes: {
      admin_state_up: '{$admin_state_up|True}',
      l2_adjacency: true,
      mtu: 1450,
      name: '{name}',
      port_security_enabled: true,
      qos_policy_id: '{$qos_policy|}',
      segments: [],
      status: 'ACTIVE',
      subnets: [],
      tenant_id: '{project}',
    },
  },
  'OS::Neutron::Subnet': {
    attributes: {
      allocation_pools: [{ start: '{firstHosts}.2', end: '{firstHosts}.254' }],
      cidr: '{$cidr|192.0.2.0/24}',
      dns_nameservers: '{$dns_nameservers|}',
      enable_dhcp: 'True',
      gateway_ip: '{$gateway_ip|{firstHosts}.1}',
      host_routes: '{$host_routes|}',
      ip_version: '{$ip_version|4}',
      name: '{name}',
      network_id: '{$network|{uuid:net}}',
      tenant_id: '{project}',
    },
  },
  'OS::Neutron::Port': {
    attributes: {
      admin_state_up: '{$admin_state_up|True}',
      allowed_address_pairs: [],
      device_id: '{$device_id|}',
      device_owner: '{$device_owner|}',
      dns_assignment: {},
      fixed_ips: [{ subnet_id: '{uuid:subnet}', ip_address: '192.0.2.{octet}' }],
      mac_address: `{$mac_address|${MAC}}`,
      name: '{name}',
      network: {},
      network_id: '{$network|{uuid:net}}',
      port_security_enabled: true,
      propagate_uplink_status: false,
      security_groups: '{$security_groups|}',
      status: 'DOWN',
      subnets: [],
      tenant_id: '{project}',
    },
  },
  'OS::Neutron::Router': {
    attributes: {
      admin_state_up: '{$admin_state_up|True}',
      external_gateway_info: '{$external_gateway_info|}',
      name: '{name}',
      status: 'ACTIVE',
      tenant_id: '{project}',
    },
  },
  'OS::Neutron::RouterInterface': { id: '{$router|{uuid:router}}:subnet_id={$subnet|{uuid:subnet}}' },
  'OS::Neutron::FloatingIP': {
    attributes: {
      fixed_ip_address: '{$fixed_ip_address|192.0.2.{octet}}',
      floating_ip_address: '{$floating_ip_address|203.0.113.{octet}}',
      floating_network_id: '{$floating_network|{uuid:net}}',
      port_id: '{$port_id|}',
      router_id: '{uuid:router}',
      tenant_id: '{project}',
    },
  },
  'OS::Neutron::FloatingIPAssociation': { id: '{$floatingip_id|{uuid:ip}}:{$port_id|{uuid:port}}' },
  'OS::Octavia::LoadBalancer': {
    attributes: {
      flavor_id: '{$flavor|}',
      pools: [],
      vip_address: '{$vip_address|192.0.2.{octet}}',
      vip_port_id: '{uuid:port}',
      vip_subnet_id: '{$vip_subnet|{uuid:subnet}}',
    },
  },
  'OS::Octavia::Listener': {
    attributes: { default_pool_id: '{$default_pool|}', loadbalancers: [{ id: '{$loadbalancer|}' }] },
  },
  'OS::Octavia::Pool': { attributes: { healthmonitor_id: '', listeners: '', members: [] } },
}

const orchestration: Readonly<Record<string, AttributeForms>> = {
  'OS::Heat::TestResource': { ...OWN_NAME, attributes: { output: '{value}' } },
  'OS::Heat::Value': { ...OWN_NAME, attributes: { value: '{value}' } },
  'OS::Heat::None': OWN_NAME,
  'OS::Heat::Delay': OWN_NAME,
  'OS::Heat::RandomString': {
    ...OWN_NAME,
    reference: '{randomText}',
    attributes: { value: '{randomText}' },
  },
  'OS::Heat::SoftwareConfig': { attributes: { config: '{$config|}' } },
  'OS::Heat::StructuredConfig': { attributes: { config: '{$config|}' } },
  'OS::Heat::SoftwareComponent': { attributes: { config: '{$configs|}' } },
  'OS::Heat::CloudConfig': { attributes: { config: '{cloudConfig}' } },
  'OS::Heat::MultipartMime': {
    attributes: {
      config: 'Content-Type: multipart/mixed; boundary="==============={digits:19}=="\nMIME-Version: 1.0\n',
    },
  },
  ...Object.fromEntries(
    ['OS::Heat::SoftwareDeployment', 'OS::Heat::StructuredDeployment'].map((type) => [
      type,
      { attributes: { deploy_status_code: 0, deploy_stderr: '', deploy_stdout: '' } },
    ]),
  ),
  ...Object.fromEntries(
    ['OS::Heat::WaitConditionHandle', 'OS::Heat::SwiftSignalHandle'].map((type) => [
      type,
      {
        ...OWN_NAME,
        attributes: {
          curl_cli: "curl -i -X POST -H 'Content-Type: application/json' https://signal.example.com/{uuid}",
          endpoint: 'https://signal.example.com/{uuid}',
          token: 'sandbox-token-of-no-value',
        },
      },
    ]),
  ),
  'OS::Heat::WaitCondition': { ...OWN_NAME, attributes: { data: '{}' } },
  'OS::Heat::SwiftSignal': { ...OWN_NAME, attributes: { data: '{}' } },
  'OS::Heat::ScalingPolicy': {
    ...OWN_NAME,
    attributes: {
      alarm_url: 'https://signal.example.com/{uuid}',
      signal_url: 'https://signal.example.com/{uuid}',
    },
  },
}

export const ATTRIBUTE_FORMS: ReadonlyMap<string, AttributeForms> = new Map(
  [compute, network, orchestration].flatMap((table) => Object.entries(table)),
)
