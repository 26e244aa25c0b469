/**
 * The properties of every resource type of Heat 19 and of its main branch of 2026-11, as `properties_schema` has them,
 * deprecated ones included; `!` marks those without which Heat refuses a template. Read from the plug-ins of openstack/heat,
 * heat/engine/resources. https://docs.openstack.org/heat/latest/template_guide/openstack.html
 */
export const TYPE_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup':
    'AvailabilityZones! LaunchConfigurationName InstanceId MaxSize! MinSize! Cooldown DesiredCapacity HealthCheckGracePeriod HealthCheckType LoadBalancerNames VPCZoneIdentifier Tags',
  'AWS::AutoScaling::LaunchConfiguration':
    'ImageId InstanceType InstanceId KeyName UserData SecurityGroups KernelId RamDiskId BlockDeviceMappings NovaSchedulerHints',
  'AWS::AutoScaling::ScalingPolicy':
    'AutoScalingGroupName! ScalingAdjustment! AdjustmentType! Cooldown MinAdjustmentStep',
  'AWS::CloudFormation::Stack': 'TemplateURL! TimeoutInMinutes Parameters',
  'AWS::CloudFormation::WaitCondition': 'Handle! Timeout! Count',
  'AWS::CloudFormation::WaitConditionHandle': '',
  'AWS::EC2::EIP': 'Domain InstanceId',
  'AWS::EC2::EIPAssociation': 'InstanceId EIP AllocationId NetworkInterfaceId',
  'AWS::EC2::Instance':
    'ImageId! InstanceType! KeyName AvailabilityZone DisableApiTermination KernelId Monitoring PlacementGroupName PrivateIpAddress RamDiskId SecurityGroups SecurityGroupIds NetworkInterfaces SourceDestCheck SubnetId Tags NovaSchedulerHints Tenancy UserData Volumes BlockDeviceMappings',
  'AWS::EC2::InternetGateway': 'Tags',
  'AWS::EC2::NetworkInterface': 'Description GroupSet PrivateIpAddress SourceDestCheck SubnetId! Tags',
  'AWS::EC2::RouteTable': 'VpcId! Tags',
  'AWS::EC2::SecurityGroup': 'GroupDescription! VpcId SecurityGroupIngress SecurityGroupEgress',
  'AWS::EC2::Subnet': 'AvailabilityZone CidrBlock! VpcId! Tags',
  'AWS::EC2::SubnetRouteTableAssociation': 'RouteTableId! SubnetId!',
  'AWS::EC2::VPC': 'CidrBlock InstanceTenancy Tags',
  'AWS::EC2::VPCGatewayAttachment': 'VpcId! InternetGatewayId VpnGatewayId',
  'AWS::EC2::Volume': 'AvailabilityZone! Size SnapshotId Tags',
  'AWS::EC2::VolumeAttachment': 'InstanceId! VolumeId! Device!',
  'AWS::ElasticLoadBalancing::LoadBalancer':
    'AvailabilityZones! HealthCheck Instances Listeners! AppCookieStickinessPolicy LBCookieStickinessPolicy SecurityGroups Subnets',
  'AWS::IAM::AccessKey': 'Serial UserName! Status',
  'AWS::IAM::User': 'Path Groups LoginProfile Policies',
  'AWS::S3::Bucket': 'AccessControl WebsiteConfiguration Tags',
  'OS::Aodh::Alarm':
    'comparison_operator evaluation_periods meter_name! period statistic threshold! matching_metadata query description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Aodh::CombinationAlarm': '',
  'OS::Aodh::CompositeAlarm':
    'composite_rule! description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Aodh::EventAlarm':
    'event_type query description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Aodh::GnocchiAggregationByMetricsAlarm':
    'metrics! comparison_operator evaluation_periods aggregation_method granularity threshold! description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Aodh::GnocchiAggregationByResourcesAlarm':
    'metric! query! resource_type! comparison_operator evaluation_periods aggregation_method granularity threshold! description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Aodh::GnocchiResourcesAlarm':
    'metric! resource_id! resource_type! comparison_operator evaluation_periods aggregation_method granularity threshold! description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Aodh::LBMemberHealthAlarm':
    'pool! stack! autoscaling_group_id! description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Aodh::PrometheusAlarm':
    'comparison_operator query! threshold! description enabled alarm_actions ok_actions insufficient_data_actions alarm_queues ok_queues insufficient_data_queues repeat_actions severity time_constraints',
  'OS::Barbican::CertificateContainer':
    'name certificate_ref private_key_ref private_key_passphrase_ref intermediates_ref',
  'OS::Barbican::GenericContainer': 'name secrets',
  'OS::Barbican::Order':
    'name payload_content_type expiration algorithm bit_length mode type! request_type subject_dn source_container_ref ca_id profile request_data pass_phrase',
  'OS::Barbican::RSAContainer': 'name private_key_ref private_key_passphrase_ref public_key_ref',
  'OS::Barbican::Secret':
    'name payload secret_type payload_content_type payload_content_encoding expiration algorithm bit_length mode',
  'OS::Blazar::Host': 'name! extra_capability',
  'OS::Blazar::Lease': 'name! start_date! end_date! before_end_date reservations! events',
  'OS::Cinder::EncryptedVolumeType': 'provider! control_location cipher key_size volume_type!',
  'OS::Cinder::QoSAssociation': 'qos_specs! volume_types!',
  'OS::Cinder::QoSSpecs': 'name specs!',
  'OS::Cinder::Quota': 'project! gigabytes volumes backups backup_gigabytes snapshots',
  'OS::Cinder::Volume':
    'availability_zone size snapshot_id backup_id name description volume_type metadata imageRef image source_volid scheduler_hints read_only multiattach',
  'OS::Cinder::VolumeAttachment': 'instance_uuid! volume_id! mountpoint',
  'OS::Cinder::VolumeType': 'name! metadata is_public description projects',
  'OS::Designate::Domain': '',
  'OS::Designate::Record': '',
  'OS::Designate::RecordSet': 'name ttl description type! records! zone!',
  'OS::Designate::Zone': 'name! ttl description email type masters primaries attributes',
  'OS::Glance::Image':
    'name id is_public min_disk min_ram protected disk_format! container_format! location! tags extra_properties architecture kernel_id os_distro owner ramdisk_id',
  'OS::Glance::WebImage':
    'name id min_disk min_ram protected disk_format! container_format! location! tags architecture kernel_id os_distro os_version owner extra_properties visibility ramdisk_id active members',
  'OS::Heat::AccessPolicy': 'AllowedResources!',
  'OS::Heat::AutoScalingGroup': 'resource! max_size! min_size! cooldown desired_capacity rolling_updates',
  'OS::Heat::CloudConfig': 'cloud_config',
  'OS::Heat::Delay': 'min_wait max_jitter jitter_multiplier actions',
  'OS::Heat::DeployedServer': 'name metadata software_config_transport deployment_swift_data',
  'OS::Heat::HARestarter': '',
  'OS::Heat::InstanceGroup': 'AvailabilityZones! LaunchConfigurationName! Size! LoadBalancerNames Tags',
  'OS::Heat::MultipartMime': 'group parts',
  'OS::Heat::None': '',
  'OS::Heat::RandomString': 'length sequence character_classes character_sequences salt',
  'OS::Heat::ResourceChain': 'resources! concurrent resource_properties',
  'OS::Heat::ResourceGroup': 'count index_var resource_def! removal_policies removal_policies_mode',
  'OS::Heat::ScalingPolicy':
    'auto_scaling_group_id! scaling_adjustment! adjustment_type! cooldown min_adjustment_step',
  'OS::Heat::SoftwareComponent': 'configs! inputs outputs options',
  'OS::Heat::SoftwareConfig': 'group config options inputs outputs',
  'OS::Heat::SoftwareDeployment': 'config server! input_values actions name signal_transport',
  'OS::Heat::SoftwareDeploymentGroup': 'servers! config input_values actions name signal_transport',
  'OS::Heat::SoftwareDeployments': 'servers! config input_values actions name signal_transport',
  'OS::Heat::Stack': 'context template! timeout parameters',
  'OS::Heat::StructuredConfig': 'group options inputs outputs config',
  'OS::Heat::StructuredDeployment':
    'config server! input_values actions signal_transport name input_key input_values_validate',
  'OS::Heat::StructuredDeploymentGroup':
    'servers! config input_values actions signal_transport name input_key input_values_validate',
  'OS::Heat::StructuredDeployments':
    'servers! config input_values actions signal_transport name input_key input_values_validate',
  'OS::Heat::SwiftSignal': 'handle! timeout! count',
  'OS::Heat::SwiftSignalHandle': '',
  'OS::Heat::TestResource':
    'constraint_prop_secs attr_wait_secs value update_replace_value fail update_replace wait_secs action_wait_secs client_name entity_name',
  'OS::Heat::UpdateWaitConditionHandle': '',
  'OS::Heat::Value': 'value! type',
  'OS::Heat::WaitCondition': 'handle! timeout! count',
  'OS::Heat::WaitConditionHandle': 'signal_transport',
  'OS::Ironic::Port':
    'node! address! portgroup local_link_connection pxe_enabled physical_network extra is_smartnic',
  'OS::Keystone::Domain': 'name description enabled',
  'OS::Keystone::Endpoint': 'name region service! interface! url! enabled',
  'OS::Keystone::Group': 'name domain description roles',
  'OS::Keystone::GroupRoleAssignment': 'group! roles',
  'OS::Keystone::Project': 'name domain description enabled parent tags',
  'OS::Keystone::Region': 'id parent_region description enabled',
  'OS::Keystone::Role': 'name domain',
  'OS::Keystone::Service': 'name description type! enabled',
  'OS::Keystone::User': 'name domain description enabled email password default_project groups roles',
  'OS::Keystone::UserRoleAssignment': 'user! roles',
  'OS::Magnum::Bay': '',
  'OS::Magnum::BayModel':
    'name image! flavor master_flavor keypair external_network! fixed_network fixed_subnet dns_nameserver docker_volume_size docker_storage_driver coe! network_driver volume_driver http_proxy https_proxy no_proxy labels tls_disabled public registry_enabled server_type master_lb_enabled floating_ip_enabled',
  'OS::Magnum::Cluster':
    'name cluster_template! keypair node_count master_count discovery_url create_timeout',
  'OS::Magnum::ClusterTemplate':
    'name image! flavor master_flavor keypair external_network! fixed_network fixed_subnet dns_nameserver docker_volume_size docker_storage_driver coe! network_driver volume_driver http_proxy https_proxy no_proxy labels tls_disabled public registry_enabled server_type master_lb_enabled floating_ip_enabled',
  'OS::Manila::SecurityService': 'name type! dns_ip server domain user password description',
  'OS::Manila::Share':
    'share_protocol! size! snapshot name metadata share_network description share_type is_public access_rules',
  'OS::Manila::ShareNetwork':
    'name neutron_network neutron_subnet nova_network description security_services',
  'OS::Manila::ShareType': 'name! is_public driver_handles_share_servers! extra_specs snapshot_support',
  'OS::Mistral::CronTrigger': 'name pattern workflow! first_time count',
  'OS::Mistral::ExternalResource': 'actions! input description replace_on_change_inputs always_update',
  'OS::Mistral::Workflow':
    'name type! use_request_body_as_input tags description input output params task_defaults tasks!',
  'OS::Monasca::AlarmDefinition':
    'name description expression! match_by severity ok_actions alarm_actions undetermined_actions actions_enabled',
  'OS::Monasca::Notification': 'name type! address! period',
  'OS::Neutron::AddressScope': 'name shared tenant_id ip_version',
  'OS::Neutron::ExtraRoute': 'router_id! destination! nexthop!',
  'OS::Neutron::ExtraRouteSet': 'router! routes',
  'OS::Neutron::Firewall': 'name description admin_state_up firewall_policy_id! value_specs shared',
  'OS::Neutron::FirewallPolicy': 'name description shared audited firewall_rules',
  'OS::Neutron::FirewallRule':
    'name description shared protocol ip_version source_ip_address destination_ip_address source_port destination_port action enabled',
  'OS::Neutron::FloatingIP':
    'floating_network_id floating_network! floating_subnet value_specs port_id fixed_ip_address floating_ip_address dns_name dns_domain',
  'OS::Neutron::FloatingIPAssociation': 'floatingip_id! port_id! fixed_ip_address',
  'OS::Neutron::FloatingIPPortForward':
    'internal_ip_address! internal_port_number external_port! internal_port! protocol! floating_ip!',
  'OS::Neutron::FlowClassifier':
    'name description protocol ethertype source_ip_prefix destination_ip_prefix source_port_range_min source_port_range_max destination_port_range_min destination_port_range_max logical_source_port logical_destination_port l7_parameters',
  'OS::Neutron::HealthMonitor':
    'delay! type! max_retries! timeout! admin_state_up http_method expected_codes url_path',
  'OS::Neutron::IKEPolicy':
    'name description auth_algorithm encryption_algorithm phase1_negotiation_mode lifetime pfs ike_version',
  'OS::Neutron::IPsecPolicy':
    'name description transform_protocol encapsulation_mode auth_algorithm encryption_algorithm lifetime pfs',
  'OS::Neutron::IPsecSiteConnection':
    'name description peer_address! peer_id! peer_cidrs! mtu dpd psk! initiator admin_state_up ikepolicy_id! ipsecpolicy_id! vpnservice_id!',
  'OS::Neutron::L2Gateway': 'name! devices!',
  'OS::Neutron::L2GatewayConnection': 'l2_gateway_id! network_id! segmentation_id',
  'OS::Neutron::LBaaS::HealthMonitor':
    'admin_state_up delay! expected_codes http_method max_retries! pool! timeout! type! url_path tenant_id',
  'OS::Neutron::LBaaS::L7Policy':
    'name description admin_state_up action! redirect_pool redirect_url position listener!',
  'OS::Neutron::LBaaS::L7Rule': 'admin_state_up l7policy! type! compare_type! invert key value!',
  'OS::Neutron::LBaaS::Listener':
    'protocol_port! protocol! loadbalancer default_pool name admin_state_up description default_tls_container_ref sni_container_refs connection_limit tenant_id',
  'OS::Neutron::LBaaS::LoadBalancer':
    'description name provider vip_address vip_subnet! admin_state_up tenant_id',
  'OS::Neutron::LBaaS::Pool':
    'admin_state_up description session_persistence name lb_algorithm! listener loadbalancer protocol!',
  'OS::Neutron::LBaaS::PoolMember': 'pool! address! protocol_port! weight admin_state_up subnet!',
  'OS::Neutron::LoadBalancer': 'pool_id! protocol_port! members',
  'OS::Neutron::MeteringLabel': 'name description shared',
  'OS::Neutron::MeteringRule': 'metering_label_id! remote_ip_prefix! direction excluded',
  'OS::Neutron::Net':
    'name value_specs admin_state_up tenant_id shared dhcp_agent_ids port_security_enabled qos_policy dns_domain availability_zone_hints tags',
  'OS::Neutron::NetworkGateway': 'name devices! connections',
  'OS::Neutron::Pool':
    'protocol! subnet_id subnet! lb_method! name description admin_state_up provider vip! monitors',
  'OS::Neutron::PoolMember': 'pool_id! address! protocol_port! weight admin_state_up',
  'OS::Neutron::Port':
    'name network_id network! device_id device_owner fixed_ips security_groups replacement_policy dns_name tags value_specs admin_state_up mac_address allowed_address_pairs binding:vnic_type port_security_enabled qos_policy propagate_uplink_status no_fixed_ips',
  'OS::Neutron::PortChain': 'name description port_pair_groups! flow_classifiers chain_parameters',
  'OS::Neutron::PortPair': 'name description ingress! egress! service_function_parameters',
  'OS::Neutron::PortPairGroup': 'name description port_pairs!',
  'OS::Neutron::ProviderNet':
    'name network_type! physical_network segmentation_id admin_state_up shared port_security_enabled router_external tags dns_domain availability_zone_hints tenant_id',
  'OS::Neutron::QoSBandwidthLimitRule': 'max_kbps! max_burst_kbps direction policy! tenant_id',
  'OS::Neutron::QoSDscpMarkingRule': 'dscp_mark! policy! tenant_id',
  'OS::Neutron::QoSMinimumBandwidthRule': 'min_kbps! direction policy! tenant_id',
  'OS::Neutron::QoSMinimumPacketRateRule': 'min_kpps! direction policy! tenant_id',
  'OS::Neutron::QoSPolicy': 'name description shared tenant_id',
  'OS::Neutron::Quota':
    'project! subnet network floatingip security_group_rule security_group router port subnetpool rbac_policy',
  'OS::Neutron::RBACPolicy': 'object_type! target_tenant! action! object_id! tenant_id',
  'OS::Neutron::Router':
    'name external_gateway_info value_specs admin_state_up l3_agent_id l3_agent_ids distributed ha availability_zone_hints tags tenant_id',
  'OS::Neutron::RouterGateway': 'router_id! network_id network',
  'OS::Neutron::RouterInterface': 'router! router_id subnet_id subnet port_id port',
  'OS::Neutron::SecurityGroup': 'name description rules stateful',
  'OS::Neutron::SecurityGroupRule':
    'security_group! description direction ethertype port_range_min port_range_max protocol remote_group remote_ip_prefix',
  'OS::Neutron::Segment': 'network! network_type! physical_network segmentation_id name description',
  'OS::Neutron::Subnet':
    'network_id network! subnetpool prefixlen cidr value_specs name ip_version dns_nameservers gateway_ip enable_dhcp allocation_pools tenant_id host_routes ipv6_ra_mode ipv6_address_mode segment tags',
  'OS::Neutron::SubnetPool':
    'name prefixes! address_scope default_quota default_prefixlen min_prefixlen max_prefixlen is_default tenant_id shared tags',
  'OS::Neutron::TaaS::TapFlow': 'name description port! tap_service! direction vlan_filter',
  'OS::Neutron::TaaS::TapService': 'name description port!',
  'OS::Neutron::Trunk': 'name port! sub_ports description admin_state_up',
  'OS::Neutron::VPNService': 'name description admin_state_up subnet_id subnet! router_id router!',
  'OS::Nova::Flavor':
    'tenants flavorid name ram! vcpus! disk swap ephemeral rxtx_factor extra_specs is_public',
  'OS::Nova::FloatingIP': 'pool',
  'OS::Nova::FloatingIPAssociation': 'server_id! floating_ip!',
  'OS::Nova::HostAggregate': 'name! availability_zone hosts metadata',
  'OS::Nova::KeyPair': 'name! save_private_key public_key type user',
  'OS::Nova::Quota':
    'project! cores fixed_ips floating_ips instances injected_files injected_file_content_bytes injected_file_path_bytes key_pairs metadata_items ram security_groups security_group_rules server_groups server_group_members',
  'OS::Nova::Server':
    'name image block_device_mapping block_device_mapping_v2 flavor! flavor_update_policy image_update_policy key_name admin_user availability_zone security_groups networks scheduler_hints metadata user_data_format software_config_transport user_data_update_policy user_data reservation_id config_drive diskConfig personality admin_pass tags deployment_swift_data',
  'OS::Nova::ServerGroup': 'name policies rules',
  'OS::Octavia::AvailabilityZone': 'description enabled name availability_zone_profile!',
  'OS::Octavia::AvailabilityZoneProfile': 'name availability_zone_data! provider_name',
  'OS::Octavia::Flavor': 'description enabled name flavor_profile!',
  'OS::Octavia::FlavorProfile': 'name flavor_data! provider_name',
  'OS::Octavia::HealthMonitor':
    'admin_state_up delay! expected_codes http_method max_retries! pool! timeout! type! url_path tenant_id',
  'OS::Octavia::L7Policy':
    'name description admin_state_up action! redirect_pool redirect_url position listener!',
  'OS::Octavia::L7Rule': 'admin_state_up l7policy! type! compare_type! invert key value!',
  'OS::Octavia::Listener':
    'protocol_port! protocol! loadbalancer default_pool name admin_state_up description default_tls_container_ref sni_container_refs connection_limit tenant_id allowed_cidrs',
  'OS::Octavia::LoadBalancer':
    'description name provider vip_address vip_subnet! admin_state_up tenant_id flavor availability_zone',
  'OS::Octavia::Pool':
    'admin_state_up description session_persistence name lb_algorithm! listener loadbalancer protocol! tls_enabled',
  'OS::Octavia::PoolMember':
    'pool! address! protocol_port! monitor_address monitor_port weight admin_state_up subnet tags',
  'OS::Octavia::Quota': 'project! healthmonitor listener loadbalancer pool member',
  'OS::Sahara::Cluster':
    'name plugin_name! hadoop_version! cluster_template_id! key_name image default_image_id neutron_management_network! use_autoconfig shares',
  'OS::Sahara::ClusterTemplate':
    'name description plugin_name! hadoop_version! default_image_id neutron_management_network anti_affinity cluster_configs node_groups use_autoconfig shares',
  'OS::Sahara::DataSource': 'name type! url! description credentials',
  'OS::Sahara::ImageRegistry': 'image! username! description tags',
  'OS::Sahara::Job': 'name type! mains libs description is_public is_protected default_execution_data',
  'OS::Sahara::JobBinary': 'name url! description credentials',
  'OS::Sahara::NodeGroupTemplate':
    'name description plugin_name! hadoop_version! flavor! volumes_per_node volumes_size volume_type security_groups auto_security_group availability_zone volumes_availability_zone node_processes! floating_ip_pool node_configs image_id is_proxy_gateway volume_local_to_instance use_autoconfig shares',
  'OS::Senlin::Cluster': 'profile! name desired_capacity min_size max_size metadata timeout policies',
  'OS::Senlin::Node': 'name metadata profile! cluster',
  'OS::Senlin::Policy': 'name type! properties bindings',
  'OS::Senlin::Profile': 'name type! metadata properties',
  'OS::Senlin::Receiver': 'cluster! action! name type params',
  'OS::Swift::Container':
    'name X-Container-Read X-Container-Write X-Container-Meta X-Account-Meta PurgeOnDelete',
  'OS::Trove::Cluster': 'name datastore_type! datastore_version! instances!',
  'OS::Trove::Instance':
    'name flavor! datastore_type datastore_version size! networks databases users availability_zone restore_point replica_of replica_count',
  'OS::Vitrage::Template': 'template_file! template_params!',
  'OS::Zaqar::MistralTrigger': 'queue_name! ttl workflow_id! params input',
  'OS::Zaqar::Queue': 'name metadata',
  'OS::Zaqar::SignedQueueURL': 'queue! paths ttl methods',
  'OS::Zaqar::Subscription': 'queue_name! subscriber! ttl options',
  'OS::Zun::Container':
    'name image! command cpu memory environment workdir labels image_pull_policy restart_policy interactive tty image_driver hints hostname security_groups mounts networks',
}
