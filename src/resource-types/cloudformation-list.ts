/**
 * Written by `build/aws-resource-types.ts` from AWS's specification, Apache-2.0: https://github.com/cdklabs/awscdk-service-spec
 * One resource type per line: its name, its properties, and its attributes. `!` marks a required property, `^` one whose change
 * replaces the resource, `?` one whose change may replace it.
 */
export const RESOURCE_TYPE_LIST = `
AWS::ACMPCA::Certificate ApiPassthrough^,CertificateAuthorityArn!^,CertificateSigningRequest!^,SigningAlgorithm!^,TemplateArn^,Validity!^,ValidityNotBefore^ Arn,Certificate
AWS::ACMPCA::CertificateAuthority CsrExtensions^,KeyAlgorithm!^,KeyStorageSecurityStandard^,RevocationConfiguration,SigningAlgorithm!^,Subject!^,Tags,Type!^,UsageMode^ Arn,CertificateSigningRequest
AWS::ACMPCA::CertificateAuthorityActivation Certificate!,CertificateAuthorityArn!^,CertificateChain,Status CompleteCertificateChain
AWS::ACMPCA::Permission Actions!^,CertificateAuthorityArn!^,Principal!^,SourceAccount^ 
AWS::AIOps::InvestigationGroup ChatbotNotificationChannels,CrossAccountConfigurations,EncryptionConfig,InvestigationGroupPolicy,IsCloudTrailEventHistoryEnabled,Name!^,RetentionInDays^,RoleArn,TagKeyBoundaries,Tags Arn,CreatedAt,CreatedBy,LastModifiedAt,LastModifiedBy
AWS::APS::AnomalyDetector Alias!^,Configuration!,EvaluationIntervalInSeconds,Labels,MissingDataAction,Tags,Workspace!^ Arn
AWS::APS::ResourcePolicy PolicyDocument!,WorkspaceArn!^ 
AWS::APS::RuleGroupsNamespace Data!,Name!^,Tags,Workspace!^ Arn
AWS::APS::Scraper Alias,Destination!,RoleConfiguration,ScrapeConfiguration!,ScraperLoggingConfiguration,Source!^,Tags Arn,RoleArn,ScraperId
AWS::APS::Workspace AlertManagerDefinition,Alias,KmsKeyArn^,LoggingConfiguration,QueryLoggingConfiguration,Tags,WorkspaceConfiguration Arn,PrometheusEndpoint,WorkspaceId
AWS::ARCRegionSwitch::Plan AssociatedAlarms,Description,ExecutionRole!,Name!^,PrimaryRegion^,RecoveryApproach!^,RecoveryTimeObjectiveMinutes,Regions!^,ReportConfiguration,Tags,Triggers,Workflows! Arn,HealthChecksForPlan,Owner,PlanHealthChecks,Route53HealthChecks,Version
AWS::ARCZonalShift::AutoshiftObserverNotificationStatus Status!^ AccountId,Region
AWS::ARCZonalShift::ZonalAutoshiftConfiguration PracticeRunConfiguration,ResourceIdentifier!^,ZonalAutoshiftStatus 
AWS::AWSExternalAnthropic::Workspace DataResidency^,Name!,Tags Arn,CreatedAt,Id
AWS::AccessAnalyzer::Analyzer AnalyzerConfiguration,AnalyzerName^,ArchiveRules,Tags,Type!^ Arn
AWS::AccessAnalyzer::ArchiveRule AnalyzerName!^,Filter!,RuleName!^ Arn,CreatedAt,UpdatedAt
AWS::AccountAccess::Application IdentitySource!^,Tags ApplicationArn,CreatedAt,IdentitySource.IdentityCenter,Status,TenantId,UpdatedAt
AWS::AccountAccess::Entitlement ApplicationArn!^,Entitlement!^ CreatedAt,Entitlement.PrincipalRole,EntitlementId
AWS::AgentRegistry::Registry ApprovalConfiguration,AuthorizerType^,Description,DiscoveryConfiguration,Name!,Tags CreatedAt,RegistryArn,RegistryId,Status,UpdatedAt
AWS::AgentRegistry::RegistryRecord Description,Descriptors!,DisplayName,Name!,RecordType!^,RecordVersion,RegistryId^,Tags CreatedAt,CreatedBy,RecordArn,RecordId,RegistryArn,Status,UpdatedAt
AWS::AmazonMQ::Broker AuthenticationStrategy^,AutoMinorVersionUpgrade,BrokerName!^,Configuration,DataReplicationMode,DataReplicationPrimaryBrokerArn,DeploymentMode!^,EncryptionOptions^,EngineType!^,EngineVersion,HostInstanceType!,LdapServerMetadata,Logs,MaintenanceWindowStartTime,PubliclyAccessible!^,ResourceShareArns,SecurityGroups,StorageSize,StorageType^,SubnetIds^,Tags,Users AmqpEndpoints,Arn,ConfigurationId,ConfigurationRevision,ConsoleURLs,EngineVersionCurrent,Id,IpAddresses,MqttEndpoints,OpenWireEndpoints,StompEndpoints,WssEndpoints
AWS::AmazonMQ::Configuration AuthenticationStrategy^,Data,Description,EngineType!^,EngineVersion^,Name!^,Tags Arn,Id,Revision
AWS::AmazonMQ::ConfigurationAssociation Broker!^,Configuration! Id
AWS::Amplify::App AccessToken,AutoBranchCreationConfig,BasicAuthConfig,BuildSpec,CacheConfig,ComputeRoleArn,CustomHeaders,CustomRules,Description,EnableBranchAutoDeletion,EnvironmentVariables,IAMServiceRole,JobConfig,Name!,OauthToken,Platform,Repository,Tags AppId,AppName,Arn,DefaultDomain
AWS::Amplify::Branch AppId!^,Backend,BasicAuthConfig,BranchName!^,BuildSpec,ComputeRoleArn,Description,EnableAutoBuild,EnablePerformanceMode,EnablePullRequestPreview,EnableSkewProtection,EnvironmentVariables,Framework,PullRequestEnvironmentName,Stage,Tags Arn,BranchName
AWS::Amplify::Domain AppId!^,AutoSubDomainCreationPatterns,AutoSubDomainIAMRole,CertificateSettings,DomainName!^,EnableAutoSubDomain,SubDomainSettings! Arn,AutoSubDomainCreationPatterns,AutoSubDomainIAMRole,Certificate,CertificateRecord,DomainName,DomainStatus,EnableAutoSubDomain,StatusReason,UpdateStatus
AWS::Amplify::Webhook AppId^,BranchName!,Description,Tags Arn,WebhookId,WebhookUrl
AWS::AmplifyUIBuilder::Component AppId^,BindingProperties,Children,CollectionProperties,ComponentType,EnvironmentName^,Events,Name,Overrides,Properties,SchemaVersion,SourceId,Tags^,Variants CreatedAt,Id,ModifiedAt
AWS::AmplifyUIBuilder::Form AppId^,Cta,DataType,EnvironmentName^,Fields,FormActionType,LabelDecorator,Name,SchemaVersion,SectionalElements,Style,Tags^ Id
AWS::AmplifyUIBuilder::Theme AppId^,EnvironmentName^,Name,Overrides,Tags^,Values CreatedAt,Id,ModifiedAt
AWS::ApiGateway::Account CloudWatchRoleArn Id
AWS::ApiGateway::ApiKey CustomerId,Description,Enabled,GenerateDistinctId^,Name^,StageKeys,Tags,Value^ APIKeyId
AWS::ApiGateway::Authorizer AuthType,AuthorizerCredentials,AuthorizerResultTtlInSeconds,AuthorizerUri,IdentitySource,IdentityValidationExpression,Name!,ProviderARNs,RestApiId!^,Type! AuthorizerId
AWS::ApiGateway::BasePathMapping BasePath^,DomainName!^,Id,RestApiId,Stage 
AWS::ApiGateway::BasePathMappingV2 BasePath^,DomainNameArn!^,RestApiId!,Stage BasePathMappingArn
AWS::ApiGateway::ClientCertificate Description,Tags ClientCertificateId
AWS::ApiGateway::Deployment DeploymentCanarySettings^,Description,RestApiId!^,StageDescription,StageName DeploymentId
AWS::ApiGateway::DocumentationPart Location!^,Properties!,RestApiId!^ DocumentationPartId
AWS::ApiGateway::DocumentationVersion Description,DocumentationVersion!^,RestApiId!^ 
AWS::ApiGateway::DomainName CertificateArn,DomainName^,EndpointAccessMode,EndpointConfiguration,MutualTlsAuthentication,OwnershipVerificationCertificateArn,RegionalCertificateArn,RoutingMode,SecurityPolicy,Tags DistributionDomainName,DistributionHostedZoneId,DomainNameArn,RegionalDomainName,RegionalHostedZoneId
AWS::ApiGateway::DomainNameAccessAssociation AccessAssociationSource!^,AccessAssociationSourceType!^,DomainNameArn!^,Tags^ DomainNameAccessAssociationArn
AWS::ApiGateway::DomainNameV2 CertificateArn,DomainName^,EndpointAccessMode,EndpointConfiguration^,Policy,RoutingMode,SecurityPolicy^,Tags DomainNameArn,DomainNameId
AWS::ApiGateway::GatewayResponse ResponseParameters,ResponseTemplates,ResponseType!^,RestApiId!^,StatusCode Id
AWS::ApiGateway::Method ApiKeyRequired,AuthorizationScopes,AuthorizationType,AuthorizerId,HttpMethod!^,Integration,MethodResponses,OperationName,RequestModels,RequestParameters,RequestValidatorId,ResourceId!^,RestApiId!^ 
AWS::ApiGateway::Model ContentType^,Description,Name^,RestApiId!^,Schema 
AWS::ApiGateway::RequestValidator Name^,RestApiId!^,ValidateRequestBody,ValidateRequestParameters RequestValidatorId
AWS::ApiGateway::Resource ParentId!^,PathPart!^,RestApiId!^ ResourceId
AWS::ApiGateway::RestApi ApiKeySourceType,BinaryMediaTypes,Body,BodyS3Location,CloneFrom,Description,DisableExecuteApiEndpoint,EndpointAccessMode,EndpointConfiguration,FailOnWarnings,MinimumCompressionSize,Mode,Name,Parameters,Policy,SecurityPolicy,Tags,Version RestApiId,RootResourceId
AWS::ApiGateway::Stage AccessLogSetting,CacheClusterEnabled,CacheClusterSize,CanarySetting,ClientCertificateId,DeploymentId,Description,DocumentationVersion,MethodSettings,RestApiId!^,StageName^,Tags,TracingEnabled,Variables 
AWS::ApiGateway::UsagePlan ApiStages,Description,Quota,Tags,Throttle,UsagePlanName Id
AWS::ApiGateway::UsagePlanKey KeyId!^,KeyType!^,UsagePlanId!^ Id
AWS::ApiGateway::VpcLink Description,Name!,Tags,TargetArns!^ VpcLinkId
AWS::ApiGatewayV2::Api ApiKeySelectionExpression,BasePath,Body,BodyS3Location,CorsConfiguration,CredentialsArn,Description,DisableExecuteApiEndpoint,DisableSchemaValidation,FailOnWarnings,IpAddressType,Name,ProtocolType^,RouteKey,RouteSelectionExpression,Tags,Target,Version ApiEndpoint,ApiId,ExecuteApiArn
AWS::ApiGatewayV2::ApiGatewayManagedOverrides ApiId!^,Integration,Route,Stage Id
AWS::ApiGatewayV2::ApiMapping ApiId!,ApiMappingKey,DomainName!^,Stage! ApiMappingId
AWS::ApiGatewayV2::Authorizer ApiId!^,AuthorizerCredentialsArn,AuthorizerPayloadFormatVersion,AuthorizerResultTtlInSeconds,AuthorizerType!,AuthorizerUri,EnableSimpleResponses,IdentitySource,IdentityValidationExpression,JwtConfiguration,Name! AuthorizerId
AWS::ApiGatewayV2::Deployment ApiId!^,Description,StageName DeploymentId
AWS::ApiGatewayV2::DomainName DomainName!^,DomainNameConfigurations,MutualTlsAuthentication,RoutingMode,Tags DomainNameArn,RegionalDomainName,RegionalHostedZoneId
AWS::ApiGatewayV2::Integration ApiId!^,ConnectionId,ConnectionType,ContentHandlingStrategy,CredentialsArn,Description,IntegrationMethod,IntegrationSubtype,IntegrationType!,IntegrationUri,PassthroughBehavior,PayloadFormatVersion,RequestParameters,RequestTemplates,ResponseParameters,TemplateSelectionExpression,TimeoutInMillis,TlsConfig IntegrationId
AWS::ApiGatewayV2::IntegrationResponse ApiId!^,ContentHandlingStrategy,IntegrationId!^,IntegrationResponseKey!,ResponseParameters,ResponseTemplates,TemplateSelectionExpression IntegrationResponseId
AWS::ApiGatewayV2::Model ApiId!^,ContentType,Description,Name!,Schema! ModelId
AWS::ApiGatewayV2::PortalProduct Description,DisplayName!,Tags LastModified,PortalProductArn,PortalProductId
AWS::ApiGatewayV2::Route ApiId!^,ApiKeyRequired,AuthorizationScopes,AuthorizationType,AuthorizerId,ModelSelectionExpression,OperationName,RequestModels,RequestParameters,RouteKey!,RouteResponseSelectionExpression,Target RouteId
AWS::ApiGatewayV2::RouteResponse ApiId!^,ModelSelectionExpression,ResponseModels,ResponseParameters,RouteId!^,RouteResponseKey! RouteResponseId
AWS::ApiGatewayV2::RoutingRule Actions!,Conditions!,DomainNameArn!^,Priority! RoutingRuleArn,RoutingRuleId
AWS::ApiGatewayV2::Stage AccessLogSettings,AccessPolicyId,ApiId!^,AutoDeploy,ClientCertificateId,DefaultRouteSettings,DeploymentId,Description,RouteSettings,StageName!^,StageVariables,Tags 
AWS::ApiGatewayV2::VpcLink Name!,SecurityGroupIds^,SubnetIds!^,Tags VpcLinkId
AWS::AppConfig::Application Description,Name!,Tags ApplicationId
AWS::AppConfig::ConfigurationProfile ApplicationId!^,DeletionProtectionCheck,Description,KmsKeyIdentifier,LocationUri!^,Name!,RetrievalRoleArn,Tags,Type^,Validators ConfigurationProfileId,KmsKeyArn
AWS::AppConfig::Deployment ApplicationId!^,ConfigurationProfileId!^,ConfigurationVersion!^,DeploymentStrategyId!^,Description^,DynamicExtensionParameters^,EnvironmentId!^,KmsKeyIdentifier^,Tags^ DeploymentNumber,State
AWS::AppConfig::DeploymentStrategy DeploymentDurationInMinutes!,Description,FinalBakeTimeInMinutes,GrowthFactor!,GrowthType,Name!^,ReplicateTo!^,Tags Id
AWS::AppConfig::Environment ApplicationId!^,DeletionProtectionCheck,Description,Monitors,Name!,Tags EnvironmentId
AWS::AppConfig::ExperimentDefinition ApplicationIdentifier!^,AudienceDescription,AudienceRule!,ConfigurationProfileIdentifier!^,Control!,EnvironmentIdentifier!^,FlagKey!^,Hypothesis,LaunchCriteria,Name!^,Tags,Treatments! ApplicationId,Control.Key,CreatedAt,Id,Status,UpdatedAt
AWS::AppConfig::ExperimentRun ApplicationIdentifier!^,Description,ExperimentDefinitionIdentifier!^,ExposurePercentage!,Tags,TreatmentOverrides ApplicationId,ExperimentDefinitionId,Run,StartedAt,Status,UpdatedAt
AWS::AppConfig::Extension Actions!,Description,LatestVersionNumber,Name!^,Parameters,Tags^ Arn,Id,VersionNumber
AWS::AppConfig::ExtensionAssociation ExtensionIdentifier^,ExtensionVersionNumber^,Parameters,ResourceIdentifier^,Tags^ Arn,ExtensionArn,Id,ResourceArn
AWS::AppConfig::HostedConfigurationVersion ApplicationId!^,ConfigurationProfileId!^,Content!^,ContentType!^,Description^,LatestVersionNumber^,VersionLabel^ VersionNumber
AWS::AppFlow::Connector ConnectorLabel^,ConnectorProvisioningConfig!,ConnectorProvisioningType!,Description ConnectorArn
AWS::AppFlow::ConnectorProfile ConnectionMode!,ConnectorLabel^,ConnectorProfileConfig,ConnectorProfileName!^,ConnectorType!^,KMSArn ConnectorProfileArn,CredentialsArn
AWS::AppFlow::Flow Description,DestinationFlowConfigList!,FlowName!^,FlowStatus,KMSArn^,MetadataCatalogConfig,SourceFlowConfig!,Tags,Tasks!,TriggerConfig! FlowArn
AWS::AppIntegrations::Application ApplicationConfig,ApplicationSourceConfig!,ApplicationType,Description,IframeConfig,InitializationTimeout,IsService,Name!,Namespace!,Permissions,Tags ApplicationArn,Id
AWS::AppIntegrations::DataIntegration Description,FileConfiguration,KmsKey!^,Name!,ObjectConfiguration,ScheduleConfig^,SourceURI!^,Tags DataIntegrationArn,Id
AWS::AppIntegrations::EventIntegration Description,EventBridgeBus!^,EventFilter!^,Name!^,Tags EventIntegrationArn
AWS::AppMesh::GatewayRoute GatewayRouteName^,MeshName!^,MeshOwner^,Spec!,Tags,VirtualGatewayName!^ Arn,GatewayRouteName,Id,MeshName,MeshOwner,ResourceOwner,Uid,VirtualGatewayName
AWS::AppMesh::Mesh MeshName^,Spec,Tags Arn,Id,MeshName,MeshOwner,ResourceOwner,Uid
AWS::AppMesh::Route MeshName!^,MeshOwner^,RouteName^,Spec!,Tags,VirtualRouterName!^ Arn,Id,MeshName,MeshOwner,ResourceOwner,RouteName,Uid,VirtualRouterName
AWS::AppMesh::VirtualGateway MeshName!^,MeshOwner^,Spec!,Tags,VirtualGatewayName^ Arn,Id,MeshName,MeshOwner,ResourceOwner,Uid,VirtualGatewayName
AWS::AppMesh::VirtualNode MeshName!^,MeshOwner^,Spec!,Tags,VirtualNodeName^ Arn,Id,MeshName,MeshOwner,ResourceOwner,Uid,VirtualNodeName
AWS::AppMesh::VirtualRouter MeshName!^,MeshOwner^,Spec!,Tags,VirtualRouterName^ Arn,Id,MeshName,MeshOwner,ResourceOwner,Uid,VirtualRouterName
AWS::AppMesh::VirtualService MeshName!^,MeshOwner^,Spec!,Tags,VirtualServiceName!^ Arn,Id,MeshName,MeshOwner,ResourceOwner,Uid,VirtualServiceName
AWS::AppRunner::AutoScalingConfiguration AutoScalingConfigurationName^,MaxConcurrency^,MaxSize^,MinSize^,Tags^ AutoScalingConfigurationArn,AutoScalingConfigurationRevision,Latest
AWS::AppRunner::ObservabilityConfiguration ObservabilityConfigurationName^,Tags^,TraceConfiguration^ Latest,ObservabilityConfigurationArn,ObservabilityConfigurationRevision
AWS::AppRunner::Service AutoScalingConfigurationArn,EncryptionConfiguration^,HealthCheckConfiguration,InstanceConfiguration,NetworkConfiguration,ObservabilityConfiguration,ServiceName^,SourceConfiguration!,Tags^ ServiceArn,ServiceId,ServiceUrl,Status
AWS::AppRunner::VpcConnector SecurityGroups^,Subnets!^,Tags^,VpcConnectorName^ VpcConnectorArn,VpcConnectorRevision
AWS::AppRunner::VpcIngressConnection IngressVpcConfiguration!,ServiceArn!^,Tags^,VpcIngressConnectionName^ DomainName,Status,VpcIngressConnectionArn
AWS::AppStream::AppBlock Description^,DisplayName^,Name!^,PackagingType^,PostSetupScriptDetails^,SetupScriptDetails^,SourceS3Location!^,Tags Arn,CreatedTime
AWS::AppStream::AppBlockBuilder AccessEndpoints,AppBlockArns,Description,DisplayName,EnableDefaultInternetAccess,IamRoleArn,InstanceType!,Name!^,Platform!,Tags,VpcConfig! Arn,CreatedTime
AWS::AppStream::Application AppBlockArn!,AttributesToDelete,Description,DisplayName,IconS3Location!,InstanceFamilies!^,LaunchParameters,LaunchPath!,Name!^,Platforms!^,Tags,WorkingDirectory Arn,CreatedTime
AWS::AppStream::ApplicationEntitlementAssociation ApplicationIdentifier!^,EntitlementName!^,StackName!^ 
AWS::AppStream::ApplicationFleetAssociation ApplicationArn!^,FleetName!^ 
AWS::AppStream::DirectoryConfig CertificateBasedAuthProperties,DirectoryName!^,OrganizationalUnitDistinguishedNames!,ServiceAccountCredentials! 
AWS::AppStream::Entitlement AppVisibility!,Attributes!,Description,Name!^,StackName!^ CreatedTime,LastModifiedTime
AWS::AppStream::Fleet ComputeCapacity,Description,DisableIMDSV1,DisconnectTimeoutInSeconds,DisplayName,DomainJoinInfo,EnableDefaultInternetAccess,FleetType^,IamRoleArn,IdleDisconnectTimeoutInSeconds,ImageArn,ImageName,InstanceType!,MaxConcurrentSessions,MaxSessionsPerInstance,MaxUserDurationInSeconds,Name!^,Platform,RootVolumeConfig,SessionScriptS3Location,StreamView,Tags,UsbDeviceFilterStrings,VpcConfig Id
AWS::AppStream::ImageBuilder AccessEndpoints,AppstreamAgentVersion,Description,DisableIMDSV1,DisplayName,DomainJoinInfo,EnableDefaultInternetAccess,IamRoleArn,ImageArn,ImageName,InstanceType!,Name!^,RootVolumeConfig,SoftwaresToInstall,SoftwaresToUninstall,Tags,VpcConfig StreamingUrl
AWS::AppStream::Stack AccessEndpoints,AgentAccessConfig,ApplicationSettings,AttributesToDelete,ContentRedirection,DeleteStorageConnectors,Description,DisplayName,EmbedHostDomains,FeedbackURL,Name^,RedirectURL,StorageConnectors,StreamingExperienceSettings,Tags,UserSettings 
AWS::AppStream::StackFleetAssociation FleetName!,StackName! Id
AWS::AppStream::StackUserAssociation AuthenticationType!^,SendEmailNotification^,StackName!^,UserName!^ 
AWS::AppStream::User AuthenticationType!^,FirstName^,LastName^,MessageAction^,UserName!^ Arn
AWS::AppSync::Api EventConfig,Name!,OwnerContact,Tags ApiArn,ApiId,Dns,Dns.Http,Dns.Realtime
AWS::AppSync::ApiCache ApiCachingBehavior!,ApiId!^,AtRestEncryptionEnabled,HealthMetricsConfig,TransitEncryptionEnabled,Ttl!,Type! Id
AWS::AppSync::ApiKey ApiId!^,Description,Expires ApiKey,ApiKeyId,Arn
AWS::AppSync::ChannelNamespace ApiId!^,CodeHandlers,CodeS3Location,HandlerConfigs,Name!^,PublishAuthModes,SubscribeAuthModes,Tags ChannelNamespaceArn
AWS::AppSync::DataSource ApiId!^,Description,DynamoDBConfig,ElasticsearchConfig,EventBridgeConfig,HttpConfig,LambdaConfig,MetricsConfig,Name!^,OpenSearchServiceConfig,RelationalDatabaseConfig,ServiceRoleArn,Type! DataSourceArn,Name
AWS::AppSync::DomainName CertificateArn!^,Description,DomainName!^,Tags AppSyncDomainName,DomainName,DomainNameArn,HostedZoneId
AWS::AppSync::DomainNameApiAssociation ApiId!,DomainName!^ ApiAssociationIdentifier
AWS::AppSync::FunctionConfiguration ApiId!^,Code,CodeS3Location,DataSourceName!,Description,FunctionVersion,MaxBatchSize,Name!,RequestMappingTemplate,RequestMappingTemplateS3Location,ResponseMappingTemplate,ResponseMappingTemplateS3Location,Runtime,SyncConfig DataSourceName,FunctionArn,FunctionId,Name
AWS::AppSync::GraphQLApi AdditionalAuthenticationProviders,ApiType,AuthenticationType!,EnhancedMetricsConfig,EnvironmentVariables,IntrospectionConfig,LambdaAuthorizerConfig,LogConfig,MergedApiExecutionRoleArn,Name!,OpenIDConnectConfig,OwnerContact,QueryDepthLimit,ResolverCountLimit,Tags,UserPoolConfig,Visibility,XrayEnabled ApiId,Arn,GraphQLDns,GraphQLEndpointArn,GraphQLUrl,RealtimeDns,RealtimeUrl
AWS::AppSync::GraphQLSchema ApiId!^,Definition,DefinitionS3Location Id
AWS::AppSync::Resolver ApiId!^,CachingConfig,Code,CodeS3Location,DataSourceName,FieldName!^,Kind,MaxBatchSize,MetricsConfig,PipelineConfig,RequestMappingTemplate,RequestMappingTemplateS3Location,ResponseMappingTemplate,ResponseMappingTemplateS3Location,Runtime,SyncConfig,TypeName!^ FieldName,ResolverArn,TypeName
AWS::AppSync::SourceApiAssociation Description,MergedApiIdentifier^,SourceApiAssociationConfig,SourceApiIdentifier^ AssociationArn,AssociationId,LastSuccessfulMergeDate,MergedApiArn,MergedApiId,SourceApiArn,SourceApiAssociationStatus,SourceApiAssociationStatusDetail,SourceApiId
AWS::AppSync::Type ApiId!^,Definition!,Format! Arn,Name
AWS::AppTest::TestCase Description,Name!^,Steps!,Tags CreationTime,LastUpdateTime,LatestVersion,Status,TestCaseArn,TestCaseId,TestCaseVersion
AWS::ApplicationAutoScaling::ScalableTarget MaxCapacity!,MinCapacity!,ResourceId!^,RoleARN,ScalableDimension!^,ScheduledActions,ServiceNamespace!^,SuspendedState,Tags Id
AWS::ApplicationAutoScaling::ScalingPolicy PolicyName!^,PolicyType!,PredictiveScalingPolicyConfiguration,ResourceId^,ScalableDimension^,ScalingTargetId^,ServiceNamespace^,StepScalingPolicyConfiguration,TargetTrackingScalingPolicyConfiguration Arn
AWS::ApplicationInsights::Application AttachMissingPermission,AutoConfigurationEnabled,CWEMonitorEnabled,ComponentMonitoringSettings,CustomComponents,GroupingType^,LogPatternSets,OpsCenterEnabled,OpsItemSNSTopicArn,ResourceGroupName!^,SNSNotificationArn,Tags ApplicationARN
AWS::ApplicationSignals::Discovery  AccountId
AWS::ApplicationSignals::GroupingConfiguration GroupingAttributeDefinitions! AccountId,UpdatedAt
AWS::ApplicationSignals::ServiceLevelObjective BurnRateConfigurations,Description,ExclusionWindows,Goal,Name!^,RequestBasedSli,Sli,Tags Arn,CreatedTime,EvaluationType,LastUpdatedTime
AWS::Athena::CapacityReservation CapacityAssignmentConfiguration,Name!^,Tags,TargetDpus! AllocatedDpus,Arn,CreationTime,LastSuccessfulAllocationTime,Status
AWS::Athena::DataCatalog ConnectionType,Description,Error,Name!^,Parameters,Status,Tags,Type! 
AWS::Athena::NamedQuery Database!^,Description^,Name^,QueryString!^,WorkGroup^ NamedQueryId
AWS::Athena::PreparedStatement Description,QueryStatement!,StatementName!^,WorkGroup!^ 
AWS::Athena::WorkGroup Description,Name!^,RecursiveDeleteOption,State,Tags,WorkGroupConfiguration,WorkGroupConfigurationUpdates CreationTime,WorkGroupConfiguration.EngineVersion,WorkGroupConfigurationUpdates.EngineVersion
AWS::AuditManager::Assessment AssessmentReportsDestination,AwsAccount^,Delegations,Description,FrameworkId^,Name,Roles,Scope,Status,Tags Arn,AssessmentId,CreationTime
AWS::AuditManager::AssessmentFramework ComplianceType,ControlSets!,Description,Name!,Tags Arn,CreatedAt,CreatedBy,FrameworkId,LastUpdatedAt,LastUpdatedBy,Type
AWS::AutoScaling::AutoScalingGroup AutoScalingGroupName^,AvailabilityZoneDistribution,AvailabilityZoneIds,AvailabilityZoneImpairmentPolicy,AvailabilityZones,CapacityRebalance,CapacityReservationSpecification,Context,Cooldown,DefaultInstanceWarmup,DeletionProtection,DesiredCapacity,DesiredCapacityType,HealthCheckGracePeriod,HealthCheckType,InstanceId^,InstanceLifecyclePolicy,InstanceMaintenancePolicy,LaunchConfigurationName,LaunchTemplate,LifecycleHookSpecificationList,LoadBalancerNames,MaxInstanceLifetime,MaxSize!,MetricsCollection,MinSize!,MixedInstancesPolicy,NewInstancesProtectedFromScaleIn,NotificationConfiguration,NotificationConfigurations,PlacementGroup,ServiceLinkedRoleARN,SkipZonalShiftValidation,Tags,TargetGroupARNs,TerminationPolicies,TrafficSources,VPCZoneIdentifier AutoScalingGroupARN
AWS::AutoScaling::LaunchConfiguration AssociatePublicIpAddress^,BlockDeviceMappings^,ClassicLinkVPCId^,ClassicLinkVPCSecurityGroups^,EbsOptimized^,IamInstanceProfile^,ImageId!^,InstanceId^,InstanceMonitoring^,InstanceType!^,KernelId^,KeyName^,LaunchConfigurationName^,MetadataOptions^,PlacementTenancy^,RamDiskId^,SecurityGroups^,SpotPrice^,UserData^ 
AWS::AutoScaling::LifecycleHook AutoScalingGroupName!^,DefaultResult,HeartbeatTimeout,LifecycleHookName^,LifecycleTransition!,NotificationMetadata,NotificationTargetARN,RoleARN 
AWS::AutoScaling::ScalingPolicy AdjustmentType,AutoScalingGroupName!^,Cooldown,EstimatedInstanceWarmup,MetricAggregationType,MinAdjustmentMagnitude,PolicyType,PredictiveScalingConfiguration,ScalingAdjustment,StepAdjustments,TargetTrackingConfiguration Arn,PolicyName
AWS::AutoScaling::ScheduledAction AutoScalingGroupName!^,DesiredCapacity,EndTime,MaxSize,MinSize,Recurrence,StartTime,TimeZone ScheduledActionName
AWS::AutoScaling::WarmPool AutoScalingGroupName!^,InstanceReusePolicy,MaxGroupPreparedCapacity,MinSize,PoolState 
AWS::AutoScalingPlans::ScalingPlan ApplicationSource!,ScalingInstructions! Id,ScalingPlanName,ScalingPlanVersion
AWS::B2BI::Capability Configuration!,InstructionsDocuments,Name!,Tags,Type!^ CapabilityArn,CapabilityId,CreatedAt,ModifiedAt
AWS::B2BI::Partnership Capabilities!,CapabilityOptions,Email!^,Name!,Phone^,ProfileId!^,Tags CreatedAt,ModifiedAt,PartnershipArn,PartnershipId,TradingPartnerId
AWS::B2BI::Profile BusinessName!,Email,Logging!^,Name!,Phone!,Tags CreatedAt,LogGroupName,ModifiedAt,ProfileArn,ProfileId
AWS::B2BI::Transformer EdiType,FileFormat,InputConversion,Mapping,MappingTemplate,Name!,OutputConversion,SampleDocument,SampleDocuments,Status!,Tags CreatedAt,ModifiedAt,TransformerArn,TransformerId
AWS::BCM::Dashboard Description,Name!,Tags,Widgets! Arn,CreatedAt,Type,UpdatedAt
AWS::BCM::ScheduledReport DashboardArn!,Description,Name!,ScheduleConfig!,ScheduledReportExecutionRoleArn!,Tags,WidgetDateRangeOverride,WidgetIds Arn,CreatedAt,HealthStatus,UpdatedAt
AWS::BCMDataExports::Export Export!,Tags Export.ExportArn,ExportArn
AWS::Backup::BackupPlan BackupPlan!,BackupPlanTags BackupPlanArn,BackupPlanId,VersionId
AWS::Backup::BackupSelection BackupPlanId!^,BackupSelection!^ BackupPlanId,Id,SelectionId
AWS::Backup::BackupVault AccessPolicy,BackupVaultName!^,BackupVaultTags,EncryptionKeyArn^,LockConfiguration,Notifications BackupVaultArn,BackupVaultName
AWS::Backup::Framework FrameworkControls!,FrameworkDescription,FrameworkName^,FrameworkTags CreationTime,DeploymentStatus,FrameworkArn,FrameworkStatus
AWS::Backup::LegalHold Description!^,RecoveryPointSelection!^,Tags,Title!^ Arn,CreationDate,LegalHoldId,Status
AWS::Backup::LogicallyAirGappedBackupVault AccessPolicy,BackupVaultName!^,BackupVaultTags,EncryptionKeyArn^,MaxRetentionDays!^,MinRetentionDays!^,MpaApprovalTeamArn,Notifications BackupVaultArn,VaultState,VaultType
AWS::Backup::ReportPlan ReportDeliveryChannel!,ReportPlanDescription,ReportPlanName^,ReportPlanTags,ReportSetting! ReportPlanArn
AWS::Backup::RestoreTestingPlan RecoveryPointSelection!,RestoreTestingPlanName!^,ScheduleExpression!,ScheduleExpressionTimezone,StartWindowHours,Tags RestoreTestingPlanArn
AWS::Backup::RestoreTestingSelection IamRoleArn!,ProtectedResourceArns,ProtectedResourceConditions,ProtectedResourceType!^,RestoreMetadataOverrides,RestoreTestingPlanName!^,RestoreTestingSelectionName!^,ValidationWindowHours 
AWS::Backup::TieringConfiguration BackupVaultName!,ResourceSelection!,TieringConfigurationName!^,TieringConfigurationTags CreationTime,LastUpdatedTime,TieringConfigurationArn
AWS::BackupGateway::Hypervisor Host,KmsKeyArn^,LogGroupArn,Name,Password,Tags^,Username HypervisorArn
AWS::Batch::ComputeEnvironment ComputeEnvironmentName^,ComputeResources,Context,EcsSettings,EksConfiguration^,ReplaceComputeEnvironment,ServiceRole,State,Tags^,Type!^,UnmanagedvCpus,UpdatePolicy ComputeEnvironmentArn,EksConfiguration.AccessEntry
AWS::Batch::ConsumableResource ConsumableResourceName^,ResourceType!^,Tags,TotalQuantity! AvailableQuantity,ConsumableResourceArn,CreatedAt,InUseQuantity
AWS::Batch::JobDefinition ConsumableResourceProperties,ContainerProperties,EcsProperties,EksProperties,JobDefinitionName^,NodeProperties,Parameters,PlatformCapabilities,PropagateTags,ResourceRetentionPolicy,RetryStrategy,SchedulingPriority,Tags^,Timeout,Type! JobDefinitionArn
AWS::Batch::JobQueue ComputeEnvironmentOrder,JobQueueName^,JobQueueType^,JobStateTimeLimitActions,Priority!,SchedulingPolicyArn,ServiceEnvironmentOrder,State,Tags^ JobQueueArn
AWS::Batch::QuotaShare CapacityLimits!,JobQueue!^,PreemptionConfiguration!,QuotaShareName!^,ResourceSharingConfiguration!,State,Tags QuotaShareArn
AWS::Batch::SchedulingPolicy FairsharePolicy,Name^,QuotaSharePolicy,Tags^ Arn
AWS::Batch::ServiceEnvironment CapacityLimits!,ServiceEnvironmentName^,ServiceEnvironmentType!^,State,Tags ServiceEnvironmentArn
AWS::BcmPricingCalculator::BillScenario CostCategoryGroupSharingPreferenceArn,ExpiresAt,GroupSharingPreference,Name,Tags Arn,BillInterval,CreatedAt,FailureMessage,Id,Status
AWS::BcmPricingCalculator::WorkloadEstimate ExpiresAt,Name!,RateType^,Tags Arn,CostCurrency,CreatedAt,FailureMessage,Id,RateTimestamp,Status,TotalCost
AWS::Bedrock::Agent ActionGroups,AgentCollaboration,AgentCollaborators,AgentName!,AgentResourceRoleArn,AutoPrepare,CustomOrchestration,CustomerEncryptionKeyArn,Description,FoundationModel,GuardrailConfiguration,IdleSessionTTLInSeconds,Instruction,KnowledgeBases,MemoryConfiguration,OrchestrationType,PromptOverrideConfiguration,SkipResourceInUseCheckOnDelete,Tags,TestAliasTags AgentArn,AgentId,AgentStatus,AgentVersion,CreatedAt,FailureReasons,PreparedAt,RecommendedActions,UpdatedAt
AWS::Bedrock::AgentAlias AgentAliasName!,AgentId!^,Description,RoutingConfiguration,Tags AgentAliasArn,AgentAliasHistoryEvents,AgentAliasId,AgentAliasStatus,CreatedAt,UpdatedAt
AWS::Bedrock::ApplicationInferenceProfile Description^,InferenceProfileName!^,ModelSource^,Tags CreatedAt,InferenceProfileArn,InferenceProfileId,InferenceProfileIdentifier,Models,Status,Type,UpdatedAt
AWS::Bedrock::AutomatedReasoningPolicy Description,ForceDelete,KmsKeyId^,Name!,PolicyDefinition,Tags CreatedAt,DefinitionHash,KmsKeyArn,PolicyArn,PolicyId,UpdatedAt,Version
AWS::Bedrock::AutomatedReasoningPolicyVersion LastUpdatedDefinitionHash^,PolicyArn!^,Tags^ CreatedAt,DefinitionHash,Description,Name,PolicyId,UpdatedAt,Version
AWS::Bedrock::Blueprint BlueprintName!^,KmsEncryptionContext,KmsKeyId,Schema!,Tags,Type!^ BlueprintArn,BlueprintStage,CreationTime,LastModifiedTime
AWS::Bedrock::DataAutomationLibrary EncryptionConfiguration^,LibraryDescription,LibraryName!^,Tags CreationTime,EntityTypes,LibraryArn,Status
AWS::Bedrock::DataAutomationProject CustomOutputConfiguration,KmsEncryptionContext,KmsKeyId,OverrideConfiguration,ProjectDescription,ProjectName!^,ProjectType^,StandardOutputConfiguration,Tags CreationTime,LastModifiedTime,ProjectArn,ProjectStage,Status
AWS::Bedrock::DataSource DataDeletionPolicy,DataSourceConfiguration!,Description,KnowledgeBaseId!^,Name!,ServerSideEncryptionConfiguration,VectorIngestionConfiguration CreatedAt,DataSourceConfiguration.WebConfiguration,DataSourceId,DataSourceStatus,FailureReasons,UpdatedAt
AWS::Bedrock::EnforcedGuardrailConfiguration GuardrailIdentifier!,GuardrailVersion!,ModelEnforcement,SelectiveContentGuarding ConfigId,CreatedAt,CreatedBy,GuardrailArn,GuardrailId,Owner,UpdatedAt,UpdatedBy
AWS::Bedrock::Flow CustomerEncryptionKeyArn,Definition,DefinitionS3Location,DefinitionString,DefinitionSubstitutions,Description,ExecutionRoleArn!,Name!,Tags,TestAliasTags Arn,CreatedAt,Id,Status,UpdatedAt,Validations,Version
AWS::Bedrock::FlowAlias ConcurrencyConfiguration,Description,FlowArn!^,Name!,RoutingConfiguration!,Tags Arn,CreatedAt,FlowId,Id,UpdatedAt
AWS::Bedrock::FlowVersion Description^,FlowArn!^ CreatedAt,CustomerEncryptionKeyArn,Definition,ExecutionRoleArn,FlowId,Name,Status,Version
AWS::Bedrock::Guardrail AutomatedReasoningPolicyConfig,BlockedInputMessaging!,BlockedOutputsMessaging!,ContentPolicyConfig,ContextualGroundingPolicyConfig,CrossRegionConfig,Description,KmsKeyArn,Name!,SensitiveInformationPolicyConfig,Tags,TopicPolicyConfig,WordPolicyConfig CreatedAt,FailureRecommendations,GuardrailArn,GuardrailId,Status,StatusReasons,UpdatedAt,Version
AWS::Bedrock::GuardrailVersion Description^,GuardrailIdentifier!^ GuardrailArn,GuardrailId,Version
AWS::Bedrock::IntelligentPromptRouter Description^,FallbackModel!^,Models!^,PromptRouterName!^,RoutingCriteria!^,Tags CreatedAt,PromptRouterArn,Status,Type,UpdatedAt
AWS::Bedrock::KnowledgeBase Description,KnowledgeBaseConfiguration!,Name!,RoleArn!,StorageConfiguration^,Tags CreatedAt,FailureReasons,KnowledgeBaseArn,KnowledgeBaseId,Status,UpdatedAt
AWS::Bedrock::KnowledgeBasePolicy KnowledgeBaseId!^,PolicyDocument! RevisionId
AWS::Bedrock::Prompt CustomerEncryptionKeyArn,DefaultVariant,Description,Name!,Tags,Variants Arn,CreatedAt,Id,UpdatedAt,Version
AWS::Bedrock::PromptVersion Description^,PromptArn!^,Tags^ Arn,CreatedAt,CustomerEncryptionKeyArn,DefaultVariant,Name,PromptId,UpdatedAt,Variants,Version
AWS::Bedrock::ResourcePolicy PolicyDocument!,ResourceArn!^ 
AWS::Bedrock::Session EncryptionKeyArn^,SessionMetadata,Tags CreatedAt,LastUpdatedAt,SessionArn,SessionId,SessionStatus
AWS::BedrockAgentCore::ApiKeyCredentialProvider ApiKey,ApiKeySecretConfig,ApiKeySecretSource,Name!^,Tags ApiKeySecretArn,ApiKeySecretJsonKey,CreatedTime,CredentialProviderArn,LastUpdatedTime
AWS::BedrockAgentCore::BrowserCustom BrowserSigning^,Certificates^,Description^,EnterprisePolicies^,ExecutionRoleArn^,Name!^,NetworkConfiguration!^,RecordingConfig^,Tags BrowserArn,BrowserId,CreatedAt,FailureReason,LastUpdatedAt,Status
AWS::BedrockAgentCore::BrowserProfile Description^,Name!^,Tags CreatedAt,LastSavedAt,LastSavedBrowserId,LastSavedBrowserSessionId,LastUpdatedAt,ProfileArn,ProfileId,Status
AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration!^,Description,Name!^,PermissionsConfiguration!^,Tags Arn,CapacityProviderId,CreatedAt,LastUpdatedAt,Status
AWS::BedrockAgentCore::CodeInterpreterCustom Certificates^,Description^,ExecutionRoleArn^,Name!^,NetworkConfiguration!^,Tags CodeInterpreterArn,CodeInterpreterId,CreatedAt,FailureReason,LastUpdatedAt,Status
AWS::BedrockAgentCore::ConfigurationBundle BranchName,BundleName!^,CommitMessage,Components!,CreatedBy,Description,KmsKeyArn,Tags BundleArn,BundleId,CreatedAt,LineageMetadata,UpdatedAt,VersionId
AWS::BedrockAgentCore::Dataset DatasetName!^,Description,KmsKeyArn^,SchemaType!^,Source^,Tags CreatedAt,DatasetArn,DatasetId,ExampleCount,Status,UpdatedAt
AWS::BedrockAgentCore::Evaluator Description,EvaluatorConfig!,EvaluatorName!^,KmsKeyArn,Level!,Tags CreatedAt,EvaluatorArn,EvaluatorId,Status,UpdatedAt
AWS::BedrockAgentCore::Gateway AuthorizerConfiguration,AuthorizerType!,Description,ExceptionLevel,InterceptorConfigurations,KmsKeyArn,Name!,PolicyEngineConfiguration,ProtocolConfiguration,ProtocolType,RoleArn!,Tags,WafConfiguration CreatedAt,GatewayArn,GatewayIdentifier,GatewayUrl,Status,StatusReasons,UpdatedAt,WebAclArn,WorkloadIdentityDetails
AWS::BedrockAgentCore::GatewayRateLimit Description,DimensionKeys!^,Entries!,GatewayIdentifier^,RateLimitId^ CreatedAt,Status,UpdatedAt
AWS::BedrockAgentCore::GatewayRule Actions!,Conditions,Description,GatewayIdentifier^,Priority! CreatedAt,GatewayArn,RuleId,Status,System,UpdatedAt
AWS::BedrockAgentCore::GatewayTarget CredentialProviderConfigurations,Description,GatewayIdentifier^,MetadataConfiguration,Name,PrivateEndpoint,TargetConfiguration! AuthorizationData,CreatedAt,GatewayArn,LastSynchronizedAt,PrivateEndpointManagedResources,ProtocolType,Status,StatusReasons,TargetId,UpdatedAt
AWS::BedrockAgentCore::Harness AllowedTools,AuthorizerConfiguration,Environment,EnvironmentArtifact,EnvironmentVariables,ExecutionRoleArn!,HarnessName!^,MaxIterations,MaxTokens,Memory,Model!,Skills,SystemPrompt,Tags,TimeoutSeconds,Tools,Truncation Arn,CreatedAt,Environment.AgentCoreRuntimeEnvironment,HarnessId,Memory.ManagedMemoryConfiguration,Status,UpdatedAt,Version
AWS::BedrockAgentCore::HarnessEndpoint Description,EndpointName!^,HarnessId!^,Tags,TargetVersion Arn,CreatedAt,HarnessName,LiveVersion,Status,UpdatedAt
AWS::BedrockAgentCore::Memory Description,EncryptionKeyArn^,EventExpiryDuration!,IndexedKeys,MemoryExecutionRoleArn,MemoryStrategies,Name!^,NamespaceKeys,StreamDeliveryResources,Tags CreatedAt,FailureReason,MemoryArn,MemoryId,Status,UpdatedAt
AWS::BedrockAgentCore::OAuth2CredentialProvider CredentialProviderVendor!^,Name!^,Oauth2ProviderConfigInput,Tags CallbackUrl,ClientSecretArn,ClientSecretJsonKey,ClientSecretSource,CreatedTime,CredentialProviderArn,LastUpdatedTime,Oauth2ProviderConfigOutput,Status
AWS::BedrockAgentCore::OnlineEvaluationConfig ClusteringConfig,DataSourceConfig!,Description,EvaluationExecutionRoleArn!,Evaluators,ExecutionStatus,Insights,OnlineEvaluationConfigName!^,Rule!,Tags CreatedAt,OnlineEvaluationConfigArn,OnlineEvaluationConfigId,OutputConfig,Status,UpdatedAt
AWS::BedrockAgentCore::PaymentConnector ConnectorName!^,ConnectorType!^,CredentialProviderConfigurations,Description,PaymentManagerId!^,ProvisionMode^ AuthorizationUrl,ConnectorCreatedAt,ConnectorLastUpdatedAt,ConnectorStatus,PaymentConnectorArn,PaymentConnectorId
AWS::BedrockAgentCore::PaymentCredentialProvider CredentialProviderVendor!^,Name!^,ProviderConfigurationInput,Tags CreatedTime,CredentialProviderArn,LastUpdatedTime,ProviderConfigurationOutput
AWS::BedrockAgentCore::PaymentManager AuthorizerConfiguration^,AuthorizerType!^,Description,Name!^,RoleArn!,Tags CreatedAt,LastUpdatedAt,PaymentManagerArn,PaymentManagerId,Status,WorkloadIdentityDetails
AWS::BedrockAgentCore::Policy Definition!,Description,EnforcementMode,Name!^,PolicyEngineId!^,ValidationMode CreatedAt,PolicyArn,PolicyId,Status,StatusReasons,UpdatedAt
AWS::BedrockAgentCore::PolicyEngine Description,EncryptionKeyArn^,Name!^,Tags CreatedAt,PolicyEngineArn,PolicyEngineId,Status,StatusReasons,UpdatedAt
AWS::BedrockAgentCore::ResourcePolicy Policy!,ResourceArn!^ 
AWS::BedrockAgentCore::Runtime AgentRuntimeArtifact!,AgentRuntimeName!^,AuthorizerConfiguration,CapacityProviderConfiguration,Description,EnvironmentVariables,FilesystemConfigurations,LifecycleConfiguration,NetworkConfiguration,PlatformVersion,ProtocolConfiguration,RequestHeaderConfiguration,RoleArn!,Tags AgentRuntimeArn,AgentRuntimeId,AgentRuntimeVersion,CreatedAt,FailureReason,LastUpdatedAt,Status,WorkloadIdentityDetails
AWS::BedrockAgentCore::RuntimeEndpoint AgentRuntimeId!^,AgentRuntimeVersion,Description,Name!^,Tags AgentRuntimeArn,AgentRuntimeEndpointArn,CreatedAt,FailureReason,Id,LastUpdatedAt,LiveVersion,Status,TargetVersion
AWS::BedrockAgentCore::WorkloadIdentity AllowedResourceOauth2ReturnUrls,Name!^,Tags CreatedTime,LastUpdatedTime,WorkloadIdentityArn
AWS::BedrockMantle::Project Name!,Tags Arn,CreatedAt,Id
AWS::Billing::BillingView DataFilterExpression,Description^,Name!^,SourceViews!,Tags Arn,BillingViewType,CreatedAt,OwnerAccountId,UpdatedAt
AWS::BillingConductor::BillingGroup AccountGrouping!,ComputationPreference!,Description,Name!,PrimaryAccountId^,Tags Arn,CreationTime,LastModifiedTime,Size,Status,StatusReason
AWS::BillingConductor::CustomLineItem AccountId^,BillingGroupArn!^,BillingPeriodRange,ComputationRule^,CustomLineItemChargeDetails,Description,Name!,PresentationDetails^,Tags Arn,AssociationSize,CreationTime,CurrencyCode,LastModifiedTime,ProductCode
AWS::BillingConductor::PricingPlan Description,Name!,PricingRuleArns,Tags Arn,CreationTime,LastModifiedTime,Size
AWS::BillingConductor::PricingRule BillingEntity^,Description,ModifierPercentage,Name!,Operation^,Scope!^,Service^,Tags,Tiering,Type!,UsageType^ Arn,AssociatedPricingPlanCount,CreationTime,LastModifiedTime
AWS::Braket::SpendingLimit DeviceArn!^,SpendingLimit!,Tags,TimePeriod CreatedAt,QueuedSpend,SpendingLimitArn,TotalSpend,UpdatedAt
AWS::Budgets::Budget Budget!,NotificationsWithSubscribers^,ResourceTags Id
AWS::Budgets::BudgetsAction ActionThreshold!,ActionType!^,ApprovalModel,BudgetName!^,Definition!,ExecutionRoleArn!,NotificationType!,ResourceTags,Subscribers! ActionId
AWS::CE::AnomalyMonitor MonitorDimension^,MonitorName!,MonitorSpecification^,MonitorType!^,ResourceTags^ CreationDate,DimensionalValueCount,LastEvaluatedDate,LastUpdatedDate,MonitorArn
AWS::CE::AnomalySubscription Frequency!,MonitorArnList!,ResourceTags^,Subscribers!,SubscriptionName!,Threshold,ThresholdExpression AccountId,SubscriptionArn
AWS::CE::CostCategory DefaultValue,Name!^,RuleVersion!,Rules!,SplitChargeRules,Tags Arn,EffectiveStart
AWS::CUR::ReportDefinition AdditionalArtifacts,AdditionalSchemaElements^,BillingViewArn^,Compression!,Format!,RefreshClosedReports!,ReportName!^,ReportVersioning!^,S3Bucket!,S3Prefix!,S3Region!,Tags,TimeUnit!^ 
AWS::Cases::Case CustomerId!^,DomainId!^,Tags,TemplateId!^,Title! Arn,CaseId
AWS::Cases::CaseRule Description,DomainId^,Name!,Rule!,Tags CaseRuleArn,CaseRuleId,CreatedTime,LastModifiedTime
AWS::Cases::Domain Name!^,Tags CreatedTime,DomainArn,DomainId,DomainStatus
AWS::Cases::Field Attributes,Description,DomainId^,Name!,Tags,Type!^ CreatedTime,FieldArn,FieldId,LastModifiedTime,Namespace
AWS::Cases::Layout Content!,DomainId^,Name!,Tags CreatedTime,LastModifiedTime,LayoutArn,LayoutId
AWS::Cases::RelatedItem CaseId!^,Content!^,DomainId!^,Tags,Type!^ RelatedItemArn,RelatedItemId
AWS::Cases::Template Description,DomainId^,LayoutConfiguration,Name!,RequiredFields,Rules,Status,Tags CreatedTime,LastModifiedTime,TemplateArn,TemplateId
AWS::Cassandra::Keyspace ClientSideTimestampsEnabled,KeyspaceName^,ReplicationSpecification^,Tags 
AWS::Cassandra::Table AutoScalingSpecifications,BillingMode,CdcSpecification,ClientSideTimestampsEnabled^,ClusteringKeyColumns^,DefaultTimeToLive,EncryptionSpecification,KeyspaceName!^,PartitionKeyColumns!^,PointInTimeRecoveryEnabled,RegularColumns,ReplicaSpecifications,TableName^,Tags,WarmThroughput 
AWS::Cassandra::Type Fields!^,KeyspaceName!^,TypeName!^ DirectParentTypes,DirectReferringTables,KeyspaceArn,LastModifiedTimestamp,MaxNestingDepth
AWS::CertificateManager::Account ExpiryEventsConfiguration! AccountId
AWS::CertificateManager::AcmeDomainValidation AcmeEndpointArn!^,DomainName!^,PrevalidationOptions!,Tags Arn
AWS::CertificateManager::AcmeEndpoint AuthorizationBehavior!^,CertificateAuthority!,CertificateTags^,Contact,Tags AcmeEndpointArn,EndpointUrl
AWS::CertificateManager::AcmeExternalAccountBinding AcmeEndpointArn!^,Expiration^,RoleArn!^,Tags AcmeExternalAccountBindingArn
AWS::CertificateManager::Certificate CertificateAuthorityArn^,CertificateExport^,CertificateTransparencyLoggingPreference,DomainName!^,DomainValidationOptions^,KeyAlgorithm^,SubjectAlternativeNames^,Tags,ValidationMethod^ CertificateArn
AWS::Chatbot::CustomAction ActionName!^,AliasName,Attachments,Definition!,Tags CustomActionArn
AWS::Chatbot::MicrosoftTeamsChannelConfiguration ConfigurationName!^,CustomizationResourceArns,GuardrailPolicies,IamRoleArn!,LoggingLevel,SnsTopicArns,Tags,TeamId!^,TeamsChannelId!,TeamsChannelName,TeamsTenantId!^,UserRoleRequired Arn
AWS::Chatbot::SlackChannelConfiguration ConfigurationName!^,CustomizationResourceArns,GuardrailPolicies,IamRoleArn!,LoggingLevel,SlackChannelId!,SlackWorkspaceId!^,SnsTopicArns,Tags,UserRoleRequired Arn
AWS::Chime::AppInstance Metadata,Name!,Tags AppInstanceArn,CreatedTimestamp,LastUpdatedTimestamp
AWS::Chime::AppInstanceBot AppInstanceArn!^,Configuration!,Metadata,Name,Tags AppInstanceBotArn,CreatedTimestamp,LastUpdatedTimestamp
AWS::Chime::AppInstanceUser AppInstanceArn!^,AppInstanceUserId!^,ExpirationSettings,Metadata,Name,Tags AppInstanceUserArn
AWS::Chime::Channel AppInstanceArn!^,ChannelId^,ChimeBearer!^,ElasticChannelConfiguration^,ExpirationSettings,MemberArns^,Metadata,Mode,ModeratorArns^,Name!,Privacy^,Tags Arn,ChannelFlowArn,CreatedBy,CreatedTimestamp,LastMessageTimestamp,LastUpdatedTimestamp
AWS::Chime::ChannelFlow AppInstanceArn!^,Name!,Processors!,Tags AppInstanceId,Arn,ChannelFlowId,CreatedTimestamp,LastUpdatedTimestamp
AWS::Chime::MediaInsightsPipelineConfiguration Elements!,MediaInsightsPipelineConfigurationName!^,RealTimeAlertConfiguration,ResourceAccessRoleArn!,Tags CreatedTimestamp,MediaInsightsPipelineConfigurationArn,MediaInsightsPipelineConfigurationId,UpdatedTimestamp
AWS::Chime::MediaPipelineKinesisVideoStreamPool PoolName!^,StreamConfiguration!,Tags Arn,CreatedTimestamp,PoolId,PoolStatus,UpdatedTimestamp
AWS::Chime::SipMediaApplication AwsRegion!^,Endpoints!,Name!,Tags CreatedTimestamp,SipMediaApplicationArn,SipMediaApplicationId,UpdatedTimestamp
AWS::Chime::VoiceConnector AwsRegion^,Name!,NetworkType^,RequireEncryption!,Tags CreatedTimestamp,OutboundHostName,UpdatedTimestamp,VoiceConnectorArn,VoiceConnectorId
AWS::CleanRooms::AnalysisTemplate AnalysisParameters^,Description,ErrorMessageConfiguration^,Format!^,MembershipIdentifier!^,Name!^,Schema^,Source!^,SourceMetadata,SyntheticDataParameters^,Tags AnalysisTemplateIdentifier,Arn,CollaborationArn,CollaborationIdentifier,MembershipArn,Schema,Schema.ReferencedTables
AWS::CleanRooms::Collaboration AllowedResultRegions^,AnalyticsEngine,AutoApprovedChangeTypes^,CreatorDisplayName!^,CreatorMLMemberAbilities^,CreatorMemberAbilities^,CreatorPaymentConfiguration^,DataEncryptionMetadata^,Description!,IsMetricsEnabled,JobLogStatus^,Members^,Name!,QueryLogStatus!^,Tags Arn,CollaborationIdentifier
AWS::CleanRooms::ConfiguredTable AllowedColumns!^,AnalysisMethod!^,AnalysisRules,Description,Name!,SelectedAnalysisMethods,TableReference!^,Tags Arn,ConfiguredTableIdentifier
AWS::CleanRooms::ConfiguredTableAssociation ConfiguredTableAssociationAnalysisRules,ConfiguredTableIdentifier!^,Description,MembershipIdentifier!^,Name!^,RoleArn!,Tags Arn,ConfiguredTableAssociationIdentifier
AWS::CleanRooms::IdMappingTable Description,InputReferenceConfig!^,KmsKeyArn,MembershipIdentifier!^,Name!^,Tags Arn,CollaborationArn,CollaborationIdentifier,IdMappingTableIdentifier,InputReferenceProperties,MembershipArn
AWS::CleanRooms::IdNamespaceAssociation Description,IdMappingConfig,InputReferenceConfig!^,MembershipIdentifier!^,Name!,Tags Arn,CollaborationArn,CollaborationIdentifier,IdNamespaceAssociationIdentifier,InputReferenceProperties,MembershipArn
AWS::CleanRooms::IntermediateTable AnalysisRules,Description,KmsKeyArn,MembershipIdentifier!^,Name!^,PopulationAnalysisConfiguration!^,Tags Arn,CollaborationArn,CollaborationIdentifier,IntermediateTableIdentifier,MembershipArn,Status
AWS::CleanRooms::Membership CollaborationIdentifier!^,DefaultJobResultConfiguration,DefaultResultConfiguration,IsMetricsEnabled,JobLogStatus,PaymentConfiguration,QueryLogStatus!,Tags Arn,CollaborationArn,CollaborationCreatorAccountId,MembershipIdentifier
AWS::CleanRooms::PrivacyBudgetTemplate AutoRefresh!^,MembershipIdentifier!^,Parameters!,PrivacyBudgetType!^,Tags Arn,CollaborationArn,CollaborationIdentifier,MembershipArn,PrivacyBudgetTemplateIdentifier
AWS::CleanRoomsML::ConfiguredModelAlgorithm Description^,InferenceContainerConfig^,KmsKeyArn^,Name!^,RoleArn!^,Tags,TrainingContainerConfig^ ConfiguredModelAlgorithmArn
AWS::CleanRoomsML::ConfiguredModelAlgorithmAssociation ConfiguredModelAlgorithmArn!^,Description^,MembershipIdentifier!^,Name!^,PrivacyConfiguration^,Tags CollaborationIdentifier,ConfiguredModelAlgorithmAssociationArn
AWS::CleanRoomsML::TrainingDataset Description^,Name!^,RoleArn!^,Tags,TrainingData!^ Status,TrainingDatasetArn
AWS::Cloud9::EnvironmentEC2 AutomaticStopTimeMinutes^,ConnectionType^,Description,ImageId!^,InstanceType!^,Name,OwnerArn^,Repositories^,SubnetId^,Tags Arn,Id,Name
AWS::CloudFormation::ChangeSet Capabilities^,ChangeSetName!^,ChangeSetType^,DeploymentMode^,Description^,ImportExistingResources^,IncludeNestedStacks^,NotificationARNs^,OnStackFailure^,RoleARN^,StackName!^,Tags^,TemplateBody^,TemplateURL^,UsePreviousTemplate^ ChangeSetId,CreationTime,StackId
AWS::CloudFormation::CustomResource ServiceTimeout,ServiceToken!^ Id
AWS::CloudFormation::GeneratedTemplate GeneratedTemplateName!,TemplateConfiguration CreationTime,GeneratedTemplateId,LastUpdatedTime,Progress,Status,TotalWarnings
AWS::CloudFormation::GuardHook Alias!^,ExecutionRole!^,FailureMode!,HookStatus!,LogBucket,Options,RuleLocation!,StackFilters,TargetFilters,TargetOperations! HookArn
AWS::CloudFormation::HookDefaultVersion TypeName,TypeVersionArn,VersionId Arn
AWS::CloudFormation::HookTypeConfig Configuration!,ConfigurationAlias^,TypeArn,TypeName ConfigurationArn
AWS::CloudFormation::HookVersion ExecutionRoleArn^,LoggingConfig^,SchemaHandlerPackage!^,TypeName!^ Arn,IsDefaultVersion,TypeArn,VersionId,Visibility
AWS::CloudFormation::LambdaHook Alias!^,AutoUpdate^,ExecutionRole!,FailureMode!,HookStatus!,LambdaFunction!,LoggingConfig^,StackFilters,TargetFilters,TargetOperations! HookArn
AWS::CloudFormation::Macro Description,FunctionName!,LogGroupName,LogRoleARN,Name!^ Id
AWS::CloudFormation::ModuleDefaultVersion Arn^,ModuleName^,VersionId^ 
AWS::CloudFormation::ModuleVersion ModuleName!^,ModulePackage!^ Arn,Description,DocumentationUrl,IsDefaultVersion,Schema,TimeCreated,VersionId,Visibility
AWS::CloudFormation::PublicTypeVersion Arn^,LogDeliveryBucket^,PublicVersionNumber^,TypeName^,Type^ PublicTypeArn,PublisherId,TypeVersionArn
AWS::CloudFormation::Publisher AcceptTermsAndConditions!^,ConnectionArn^ IdentityProvider,PublisherId,PublisherProfile,PublisherStatus
AWS::CloudFormation::ResourceDefaultVersion TypeName,TypeVersionArn,VersionId Arn
AWS::CloudFormation::ResourceVersion ExecutionRoleArn^,LoggingConfig^,SchemaHandlerPackage!^,TypeName!^ Arn,IsDefaultVersion,ProvisioningType,TypeArn,VersionId,Visibility
AWS::CloudFormation::Stack NotificationARNs,Parameters,Tags,TemplateURL,TimeoutInMinutes ChangeSetId,CreationTime,LastUpdateTime,Outputs,ParentId,RootId,StackId,StackStatus
AWS::CloudFormation::StackSet AdministrationRoleARN,AutoDeployment,CallAs,Capabilities,Description,ExecutionRoleName,ManagedExecution,OperationPreferences,Parameters,PermissionModel!^,StackInstancesGroup,StackSetName!^,Tags,TemplateBody,TemplateURL StackSetId
AWS::CloudFormation::TypeActivation AutoUpdate,ExecutionRoleArn,LoggingConfig^,MajorVersion,PublicTypeArn,PublisherId,Type,TypeName,TypeNameAlias,VersionBump Arn
AWS::CloudFormation::WaitCondition Count,Handle,Timeout Data,Id
AWS::CloudFormation::WaitConditionHandle  Id
AWS::CloudFront::AnycastIpList IpAddressType,IpCount!^,IpamCidrConfigs,Name!^,Tags^ AnycastIpList,ETag,Id,IpamCidrConfigResults
AWS::CloudFront::CachePolicy CachePolicyConfig! Id,LastModifiedTime
AWS::CloudFront::CloudFrontOriginAccessIdentity CloudFrontOriginAccessIdentityConfig! Id,S3CanonicalUserId
AWS::CloudFront::ConnectionFunction AutoPublish,ConnectionFunctionCode!,ConnectionFunctionConfig!,Name!^,Tags ConnectionFunctionArn,CreatedTime,ETag,Id,LastModifiedTime,Stage,Status
AWS::CloudFront::ConnectionGroup AnycastIpListId,Enabled,Ipv6Enabled,Name!^,Tags Arn,CreatedTime,ETag,Id,IsDefault,LastModifiedTime,RoutingEndpoint,Status
AWS::CloudFront::ContinuousDeploymentPolicy ContinuousDeploymentPolicyConfig! Id,LastModifiedTime
AWS::CloudFront::Distribution DistributionConfig!,Tags DomainName,Id
AWS::CloudFront::DistributionTenant ConnectionGroupId,Customizations,DistributionId!,Domains!,Enabled,ManagedCertificateRequest,Name!^,Parameters,Tags Arn,CreatedTime,DomainResults,ETag,Id,LastModifiedTime,Status
AWS::CloudFront::FieldLevelEncryptionProfile FieldLevelEncryptionProfileConfig! Arn,Id,LastModifiedTime
AWS::CloudFront::Function AutoPublish,FunctionCode!,FunctionConfig!,FunctionMetadata,Name!^,Tags FunctionARN,FunctionMetadata.FunctionARN,Stage
AWS::CloudFront::KeyGroup KeyGroupConfig! Id,LastModifiedTime
AWS::CloudFront::KeyValueStore Comment,ImportSource,Name!^,Tags Arn,Id,Status
AWS::CloudFront::MonitoringSubscription DistributionId!^,MonitoringSubscription! 
AWS::CloudFront::OriginAccessControl OriginAccessControlConfig! Id
AWS::CloudFront::OriginRequestPolicy OriginRequestPolicyConfig! Id,LastModifiedTime
AWS::CloudFront::PublicKey PublicKeyConfig! CreatedTime,Id
AWS::CloudFront::RealtimeLogConfig EndPoints!,Fields!,Name!^,SamplingRate! Arn
AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig! Id,LastModifiedTime
AWS::CloudFront::StreamingDistribution StreamingDistributionConfig!,Tags! DomainName,Id
AWS::CloudFront::TrustStore CaCertificatesBundleSource,Name!^,Tags,UseClientCertificateOCSPEndpoint Arn,ETag,Id,LastModifiedTime,NumberOfCaCertificates,Status
AWS::CloudFront::VpcOrigin Tags,VpcOriginEndpointConfig! AccountId,Arn,CreatedTime,Id,LastModifiedTime,Status
AWS::CloudHSM::Cluster BackupRetentionPolicy,HsmType!^,Mode^,NetworkType^,SubnetIds^,Tags Arn,BackupPolicy,ClusterId,SecurityGroup,State,SubnetMapping,VpcId
AWS::CloudTrail::Channel Destinations,Name,Source^,Tags ChannelArn
AWS::CloudTrail::Dashboard Name,RefreshSchedule,Tags,TerminationProtectionEnabled,Widgets CreatedTimestamp,DashboardArn,Status,Type,UpdatedTimestamp
AWS::CloudTrail::EventDataStore AdvancedEventSelectors,BillingMode,ContextKeySelectors,FederationEnabled,FederationRoleArn,IngestionEnabled,InsightSelectors,InsightsDestination,KmsKeyId,MaxEventSize,MultiRegionEnabled,Name,OrganizationEnabled,RetentionPeriod,Tags,TerminationProtectionEnabled CreatedTimestamp,EventDataStoreArn,Status,UpdatedTimestamp
AWS::CloudTrail::ResourcePolicy ResourceArn!^,ResourcePolicy! 
AWS::CloudTrail::Trail AdvancedEventSelectors,AggregationConfigurations,CloudWatchLogsLogGroupArn,CloudWatchLogsRoleArn,EnableLogFileValidation,EventSelectors,IncludeGlobalServiceEvents,InsightSelectors,IsLogging!,IsMultiRegionTrail,IsOrganizationTrail,KMSKeyId,S3BucketName!,S3KeyPrefix,SnsTopicName,Tags,TrailName^ Arn,SnsTopicArn
AWS::CloudWatch::Alarm ActionsEnabled,AlarmActions,AlarmDescription,AlarmName^,ComparisonOperator,DatapointsToAlarm,Dimensions,EvaluateLowSampleCountPercentile,EvaluationCriteria,EvaluationInterval,EvaluationPeriods,EvaluationWindow,ExtendedStatistic,InsufficientDataActions,MetricName,Metrics,Namespace,OKActions,Period,Statistic,Tags,Threshold,ThresholdMetricId,TreatMissingData,Unit,WarmUpConfiguration Arn
AWS::CloudWatch::AlarmMuteRule Description,ExpireDate,MuteTargets,Name^,Rule!,StartDate,Tags Arn,LastUpdatedTimestamp,MuteType,Status
AWS::CloudWatch::AnomalyDetector Configuration,Dimensions^,MetricCharacteristics^,MetricMathAnomalyDetector^,MetricName^,Namespace^,SingleMetricAnomalyDetector^,Stat^ Id
AWS::CloudWatch::CompositeAlarm ActionsEnabled,ActionsSuppressor,ActionsSuppressorExtensionPeriod,ActionsSuppressorWaitPeriod,AlarmActions,AlarmDescription,AlarmName^,AlarmRule!,InsufficientDataActions,OKActions,Tags Arn
AWS::CloudWatch::Dashboard DashboardBody!,DashboardName^,Tags 
AWS::CloudWatch::InsightRule ApplyOnTransformedLogs,RuleBody!,RuleName!^,RuleState!,Tags Arn,RuleName
AWS::CloudWatch::LogAlarm ActionLogLineCount,ActionLogLineRoleArn,ActionsEnabled,AlarmActions,AlarmDescription,AlarmName^,ComparisonOperator!,InsufficientDataActions,OKActions,QueryResultsToAlarm!,QueryResultsToEvaluate!,ScheduledQueryConfiguration!,Tags,Threshold!,TreatMissingData,WarmUpConfiguration Arn
AWS::CloudWatch::MetricStream ExcludeFilters,FirehoseArn!,IncludeFilters,IncludeLinkedAccountsMetrics,Name^,OutputFormat!,RoleArn!,StatisticsConfigurations,Tags Arn,CreationDate,LastUpdateDate,State
AWS::CloudWatch::OTelEnrichment  AccountId,Status
AWS::CodeArtifact::Domain DomainName!^,EncryptionKey^,PermissionsPolicyDocument,Tags Arn,EncryptionKey,Name,Owner
AWS::CodeArtifact::PackageGroup ContactInfo,Description,DomainName!^,DomainOwner,OriginConfiguration,Pattern!^,Tags Arn
AWS::CodeArtifact::Repository Description,DomainName!^,DomainOwner^,ExternalConnections,PermissionsPolicyDocument,RepositoryName!^,Tags,Upstreams Arn,DomainName,DomainOwner,Name
AWS::CodeBuild::Fleet BaseCapacity,ComputeConfiguration,ComputeType,EnvironmentType,FleetProxyConfiguration,FleetServiceRole,FleetVpcConfig,ImageId,Name^,OverflowBehavior,ScalingConfiguration,Tags Arn
AWS::CodeBuild::Project Artifacts!,AutoRetryLimit,BadgeEnabled,BuildBatchConfig,Cache,ConcurrentBuildLimit,Description,EncryptionKey,Environment!,FileSystemLocations,LogsConfig,Name^,QueuedTimeoutInMinutes,ResourceAccessRole,SecondaryArtifacts,SecondarySourceVersions,SecondarySources,ServiceRole!,Source!,SourceVersion,Tags,TimeoutInMinutes,Triggers,Visibility,VpcConfig Arn,Id
AWS::CodeBuild::ReportGroup DeleteReports,ExportConfig!,Name^,Tags,Type!^ Arn,Id
AWS::CodeBuild::SourceCredential AuthType!,ServerType!^,Token!,Username Arn
AWS::CodeCommit::Repository Code,KmsKeyId,RepositoryDescription,RepositoryName!,Tags,Triggers? Arn,CloneUrlHttp,CloneUrlSsh,Name,RepositoryId
AWS::CodeConnections::Connection ConnectionName!^,HostArn^,ProviderType^,Tags ConnectionArn,ConnectionStatus,OwnerAccountId
AWS::CodeConnections::Host Name!^,ProviderEndpoint!,ProviderType!^,Tags,VpcConfiguration HostArn,HostId,Status
AWS::CodeDeploy::Application ApplicationName^,ComputePlatform^,Tags 
AWS::CodeDeploy::DeploymentConfig ComputePlatform^,DeploymentConfigName^,MinimumHealthyHosts^,TrafficRoutingConfig^,ZonalConfig^ 
AWS::CodeDeploy::DeploymentGroup AlarmConfiguration,ApplicationName!^,AutoRollbackConfiguration,AutoScalingGroups,BlueGreenDeploymentConfiguration,Deployment,DeploymentConfigName,DeploymentGroupName^,DeploymentStyle,ECSServices,Ec2TagFilters,Ec2TagSet,LoadBalancerInfo,OnPremisesInstanceTagFilters,OnPremisesTagSet,OutdatedInstancesStrategy,ServiceRoleArn!,Tags,TerminationHookEnabled,TriggerConfigurations 
AWS::CodeGuruProfiler::ProfilingGroup AgentPermissions,AnomalyDetectionNotificationConfiguration,ComputePlatform^,ProfilingGroupName!^,Tags Arn
AWS::CodeGuruReviewer::RepositoryAssociation BucketName^,ConnectionArn^,Name!^,Owner^,Tags^,Type!^ AssociationArn
AWS::CodePipeline::CustomActionType Category!^,ConfigurationProperties^,InputArtifactDetails!^,OutputArtifactDetails!^,Provider!^,Settings^,Tags,Version!^ Id
AWS::CodePipeline::Pipeline ArtifactStore,ArtifactStores,DisableInboundStageTransitions,ExecutionMode,Name^,PipelineType,RestartExecutionOnUpdate,RoleArn!,Stages!,Tags,Triggers,Variables Arn,Version
AWS::CodePipeline::Webhook Authentication!,AuthenticationConfiguration!,Filters!,Name^,RegisterWithThirdParty,Tags,TargetAction!,TargetPipeline!,TargetPipelineVersion Id,Url
AWS::CodeStar::GitHubRepository Code,ConnectionArn,EnableIssues,IsPrivate,RepositoryAccessToken,RepositoryDescription,RepositoryName!,RepositoryOwner! Id
AWS::CodeStarConnections::Connection ConnectionName!^,HostArn^,ProviderType^,Tags ConnectionArn,ConnectionStatus,OwnerAccountId
AWS::CodeStarConnections::RepositoryLink ConnectionArn!,EncryptionKeyArn,OwnerId!^,RepositoryName!^,Tags ProviderType,RepositoryLinkArn,RepositoryLinkId
AWS::CodeStarConnections::SyncConfiguration Branch!,ConfigFile!,PublishDeploymentStatus,RepositoryLinkId!,ResourceName!^,RoleArn!,SyncType!^,TriggerResourceUpdateOn OwnerId,ProviderType,RepositoryName
AWS::CodeStarNotifications::NotificationRule CreatedBy,DetailType!,EventTypeId,EventTypeIds!,Name!,Resource!^,Status,Tags,TargetAddress,Targets! Arn
AWS::Cognito::IdentityPool AllowClassicFlow,AllowUnauthenticatedIdentities!,CognitoEvents,CognitoIdentityProviders,CognitoStreams,DeveloperProviderName,IdentityPoolName,IdentityPoolTags,OpenIdConnectProviderARNs,PushSync,SamlProviderARNs,SupportedLoginProviders Id,Name
AWS::Cognito::IdentityPoolPrincipalTag IdentityPoolId!^,IdentityProviderName!^,PrincipalTags,UseDefaults 
AWS::Cognito::IdentityPoolRoleAttachment IdentityPoolId!^,RoleMappings,Roles Id
AWS::Cognito::LogDeliveryConfiguration LogConfigurations,UserPoolId!^ Id
AWS::Cognito::ManagedLoginBranding Assets,ClientId^,ReturnMergedResources,Settings,UseCognitoProvidedValues,UserPoolId!^ ManagedLoginBrandingId
AWS::Cognito::Terms ClientId^,Enforcement!,Links!,TermsName!,TermsSource!,UserPoolId!^ TermsId
AWS::Cognito::UserPool AccountRecoverySetting,AdminCreateUserConfig,AliasAttributes,AutoVerifiedAttributes,DeletionProtection,DeviceConfiguration,EmailAuthenticationMessage,EmailAuthenticationSubject,EmailConfiguration,EmailVerificationMessage,EmailVerificationSubject,EnabledMfas,IssuerConfiguration,KeyConfiguration,LambdaConfig,MfaConfiguration,Policies,Schema,SmsAuthenticationMessage,SmsConfiguration,SmsVerificationMessage,UserAttributeUpdateSettings,UserPoolAddOns,UserPoolName,UserPoolTags,UserPoolTier,UsernameAttributes,UsernameConfiguration,VerificationMessageTemplate,WebAuthnFactorConfiguration,WebAuthnRelyingPartyID,WebAuthnUserVerification Arn,ProviderName,ProviderURL,UserPoolId
AWS::Cognito::UserPoolClient AccessTokenValidity,AllowedOAuthFlows,AllowedOAuthFlowsUserPoolClient,AllowedOAuthScopes,AnalyticsConfiguration,AuthSessionValidity,CallbackURLs,ClientName,DefaultRedirectURI,EnablePropagateAdditionalUserContextData,EnableTokenRevocation,ExplicitAuthFlows,GenerateSecret^,IdTokenValidity,LogoutURLs,PreventUserExistenceErrors,ReadAttributes,RefreshTokenRotation,RefreshTokenValidity,SupportedIdentityProviders,TokenValidityUnits,UserPoolId!^,WriteAttributes ClientId,ClientSecret,Name
AWS::Cognito::UserPoolDomain CustomDomainConfig,Domain!^,ManagedLoginVersion,Routing,UserPoolId!^ CloudFrontDistribution
AWS::Cognito::UserPoolGroup Description,GroupName^,Precedence,RoleArn,UserPoolId!^ 
AWS::Cognito::UserPoolIdentityProvider AttributeMapping,IdpIdentifiers,ProviderDetails!,ProviderName!^,ProviderType!^,UserPoolId!^ 
AWS::Cognito::UserPoolRegionalConfigurationAttachment EmailConfiguration,LambdaConfig,SmsConfiguration,Status,UserPoolId!^,UserPoolTags 
AWS::Cognito::UserPoolReplica RegionName!^,UserPoolId!^,UserPoolTagsAtCreate^ 
AWS::Cognito::UserPoolResourceServer Identifier!^,Name!,Scopes,UserPoolId!^ 
AWS::Cognito::UserPoolRiskConfigurationAttachment AccountTakeoverRiskConfiguration,ClientId!^,CompromisedCredentialsRiskConfiguration,RiskExceptionConfiguration,UserPoolId!^ 
AWS::Cognito::UserPoolUICustomizationAttachment CSS,ClientId!^,UserPoolId!^ 
AWS::Cognito::UserPoolUser ClientMetadata^,DesiredDeliveryMediums^,ForceAliasCreation^,MessageAction^,UserAttributes^,UserPoolId!^,Username^,ValidationData^ 
AWS::Cognito::UserPoolUserToGroupAttachment GroupName!^,UserPoolId!^,Username!^ 
AWS::Comprehend::DocumentClassifier DataAccessRoleArn!^,DocumentClassifierName!^,InputDataConfig!^,LanguageCode!^,Mode^,ModelKmsKeyId^,ModelPolicy,OutputDataConfig^,Tags,VersionName^,VolumeKmsKeyId^,VpcConfig^ Arn
AWS::Comprehend::DocumentClassifierEndpoint DesiredInferenceUnits!,EndpointName!^,ModelArn!,Tags Arn,CreationTime,CurrentInferenceUnits,LastModifiedTime
AWS::Comprehend::EntityRecognizer DataAccessRoleArn!^,InputDataConfig!^,LanguageCode!^,ModelKmsKeyId^,ModelPolicy^,RecognizerName!^,Tags,VersionName^,VolumeKmsKeyId^,VpcConfig^ Arn
AWS::Comprehend::Flywheel ActiveModelArn,DataAccessRoleArn!,DataLakeS3Uri!^,DataSecurityConfig,FlywheelName!^,ModelType^,Tags,TaskConfig^ Arn
AWS::ComputeOptimizer::AutomationRule Criteria,Description,Name!,OrganizationConfiguration,Priority,RecommendedActionTypes!,RuleType!,Schedule!,Status!,Tags AccountId,CreatedTimestamp,LastUpdatedTimestamp,RuleArn,RuleId,RuleRevision
AWS::Config::AggregationAuthorization AuthorizedAccountId!^,AuthorizedAwsRegion!^,Tags AggregationAuthorizationArn
AWS::Config::ConfigRule Compliance,ConfigRuleName^,Description,EvaluationModes,InputParameters,MaximumExecutionFrequency,Scope,Source! Arn,Compliance.Type,ConfigRuleId
AWS::Config::ConfigurationAggregator AccountAggregationSources,ConfigurationAggregatorName^,OrganizationAggregationSource,Tags ConfigurationAggregatorArn
AWS::Config::ConfigurationRecorder Name^,RecordingGroup,RecordingMode,RoleARN!,StartedOnCreate^ Id,ResourceARN
AWS::Config::ConformancePack ConformancePackInputParameters,ConformancePackName!^,DeliveryS3Bucket,DeliveryS3KeyPrefix,Tags,TemplateBody,TemplateS3Uri,TemplateSSMDocumentDetails ConformancePackArn
AWS::Config::Connector ConnectorConfiguration!^,Tags Arn,CreatedTime,Name
AWS::Config::DeliveryChannel ConfigSnapshotDeliveryProperties,Name^,S3BucketName!,S3KeyPrefix,S3KmsKeyArn,SnsTopicARN 
AWS::Config::OrganizationConfigRule ExcludedAccounts,OrganizationConfigRuleName!^,OrganizationCustomPolicyRuleMetadata,OrganizationCustomRuleMetadata,OrganizationManagedRuleMetadata Id
AWS::Config::OrganizationConformancePack ConformancePackInputParameters,DeliveryS3Bucket,DeliveryS3KeyPrefix,ExcludedAccounts,OrganizationConformancePackName!^,Tags,TemplateBody,TemplateS3Uri OrganizationConformancePackArn
AWS::Config::RemediationConfiguration Automatic,ConfigRuleName!^,ExecutionControls,MaximumAutomaticAttempts,Parameters,ResourceType,RetryAttemptSeconds,TargetId!,TargetType!,TargetVersion 
AWS::Config::StoredQuery QueryDescription,QueryExpression!,QueryName!^,Tags QueryArn,QueryId
AWS::Connect::AgentStatus Description,DisplayOrder,InstanceArn!,Name!,ResetOrderNumber,State!,Tags,Type AgentStatusArn,LastModifiedRegion,LastModifiedTime
AWS::Connect::ApprovedOrigin InstanceId!^,Origin!^ 
AWS::Connect::ContactFlow Content!,Description,InstanceArn!,Name!,State,Tags,Type!^ ContactFlowArn
AWS::Connect::ContactFlowModule Content!,Description,ExternalInvocationConfiguration,InstanceArn!,Name!,Settings,State,Tags ContactFlowModuleArn,Status
AWS::Connect::ContactFlowModuleAlias ContactFlowModuleId!^,ContactFlowModuleVersion!,Description,Name! AliasId,ContactFlowModuleAliasARN
AWS::Connect::ContactFlowModuleVersion ContactFlowModuleId!^,Description^ ContactFlowModuleVersionARN,FlowModuleContentSha256,Version
AWS::Connect::ContactFlowVersion ContactFlowId!^,Description^ ContactFlowVersionARN,FlowContentSha256,Version
AWS::Connect::DataLakeAssociation DataSetId!^,InstanceId!^,TargetAccountId^ ResourceShareArn,ResourceShareId
AWS::Connect::DataTable Description,InstanceArn!^,Name!,Status!^,Tags,TimeZone!,ValueLockLevel! Arn,CreatedTime,LastModifiedRegion,LastModifiedTime,LockVersion
AWS::Connect::DataTableAttribute DataTableArn!^,Description,InstanceArn!^,Name!,Primary,Validation,ValueType! AttributeId,LastModifiedRegion,LastModifiedTime,LockVersion
AWS::Connect::DataTableRecord DataTableArn!^,DataTableRecord!,InstanceArn!^ RecordId
AWS::Connect::EmailAddress AliasConfigurations,Description,DisplayName,EmailAddress!^,InstanceArn!,Tags EmailAddressArn
AWS::Connect::EvaluationForm AIVersion,AutoEvaluationConfiguration,Description,InstanceArn!,Items!,LanguageConfiguration,ReviewConfiguration,ScoringStrategy,Status!,Tags,TargetConfiguration,Title! EvaluationFormArn
AWS::Connect::HoursOfOperation ChildHoursOfOperations,Config!,Description,HoursOfOperationOverrides,InstanceArn!,Name!,ParentHoursOfOperations,Tags,TimeZone! HoursOfOperationArn
AWS::Connect::Instance Attributes!,DirectoryId^,IdentityManagementType!^,InstanceAlias^,Tags Arn,CreatedTime,Id,InstanceStatus,ServiceRole
AWS::Connect::InstanceStorageConfig InstanceArn!^,KinesisFirehoseConfig,KinesisStreamConfig,KinesisVideoStreamConfig,ResourceType!^,S3Config,StorageType! AssociationId
AWS::Connect::IntegrationAssociation InstanceId!^,IntegrationArn!^,IntegrationType!^,Tags IntegrationAssociationId
AWS::Connect::Metric Description,InstanceArn!^,MetricCalculation!,Name!,PositiveTrendIndicator,Status!^,Tags,Unit! Category,CreatedTime,CreatedUser,CreationMethod,EffectiveTime,Filters,Groupings,LastModifiedRegion,LastModifiedTime,LastModifiedUser,MetricArn,PrimaryEventSource,PrimaryEventSourceEffectiveTimestampType,RefreshRate,SupportedStats,SupportsCustomCalculation,SupportsPreaggregateCalculation,Type
AWS::Connect::Notification Content!,ExpiresAt^,InstanceArn!^,Priority^,Recipients^,Tags Arn,CreatedAt,Id
AWS::Connect::PhoneNumber CountryCode^,Description^,Prefix^,SourcePhoneNumberArn^,Tags,TargetArn!,Type^ Address,PhoneNumberArn
AWS::Connect::PredefinedAttribute AttributeConfiguration,InstanceArn!^,Name!^,Purposes,Values LastModifiedRegion,LastModifiedTime
AWS::Connect::Prompt Description,InstanceArn!,Name!,S3Uri,Tags PromptArn
AWS::Connect::Queue AdditionalEmailAddresses,Description,HoursOfOperationArn!,InstanceArn!,MaxContacts,Name!,OutboundCallerConfig,OutboundEmailConfig,QuickConnectArns,Status,Tags LastModifiedRegion,LastModifiedTime,QueueArn,Type
AWS::Connect::QuickConnect Description,InstanceArn!,Name!,QuickConnectConfig!,Tags QuickConnectArn,QuickConnectType
AWS::Connect::RoutingProfile AgentAvailabilityTimer,DefaultOutboundQueueArn!,Description!,InstanceArn!,ManualAssignmentQueueConfigs,MediaConcurrencies!,Name!,QueueConfigs,Tags RoutingProfileArn
AWS::Connect::Rule Actions!,Function!,InstanceArn!^,Name!,PublishStatus!,Tags,TriggerEventSource!^ RuleArn
AWS::Connect::SecurityKey InstanceId!^,Key!^ AssociationId
AWS::Connect::SecurityProfile AllowedAccessControlHierarchyGroupId,AllowedAccessControlTags,AllowedFlowModules,Applications,Description,GranularAccessControlConfiguration,HierarchyRestrictedResources,InstanceArn!^,Permissions,SecurityProfileName!^,TagRestrictedResources,Tags LastModifiedRegion,LastModifiedTime,SecurityProfileArn
AWS::Connect::TaskTemplate ClientToken,Constraints,ContactFlowArn,Defaults,Description,Fields,InstanceArn!,Name,SelfAssignContactFlowArn,Status,Tags Arn
AWS::Connect::TestCase Content!,Description,EntryPoint,InitializationData,InstanceArn!,Name!,Status,Tags LastModifiedRegion,LastModifiedTime,TestCaseArn
AWS::Connect::TrafficDistributionGroup Description^,InstanceArn!,Name!^,Tags IsDefault,Status,TrafficDistributionGroupArn
AWS::Connect::User AfterContactWorkConfigs,AutoAcceptConfigs,DirectoryUserId,HierarchyGroupArn,IdentityInfo,InstanceArn!,Password,PersistentConnectionConfigs,PhoneConfig,PhoneNumberConfigs,RoutingProfileArn!,SecurityProfileArns!,Tags,UserProficiencies,Username!,VoiceEnhancementConfigs UserArn
AWS::Connect::UserHierarchyGroup InstanceArn!,Name!,ParentGroupArn^,Tags UserHierarchyGroupArn
AWS::Connect::UserHierarchyStructure InstanceArn!^,UserHierarchyStructure UserHierarchyStructureArn
AWS::Connect::View Actions!,Description,InstanceArn!,Name!,Tags,Template! ViewArn,ViewContentSha256,ViewId
AWS::Connect::ViewVersion VersionDescription^,ViewArn!^,ViewContentSha256^ Version,ViewVersionArn
AWS::Connect::Vocabulary Content!^,InstanceId!^,LanguageCode!^,Tags,VocabularyName!^ Arn,LastModifiedTime,State,VocabularyId
AWS::Connect::Workspace Associations,Description,InstanceArn!^,Media,Name!,Pages,Tags,Theme,Title,Visibility Arn,Id
AWS::ConnectCampaigns::Campaign ConnectInstanceArn!^,DialerConfig!,Name!,OutboundCallConfig!,Tags Arn
AWS::ConnectCampaignsV2::Campaign ChannelSubtypeConfig,CommunicationLimitsOverride,CommunicationTimeConfig,ConnectCampaignFlowArn,ConnectInstanceId!^,EntryLimitsConfig,Name!,Schedule,Source,Tags,Type Arn
AWS::ControlTower::EnabledBaseline BaselineIdentifier!^,BaselineVersion!,Parameters,Tags,TargetIdentifier!^ EnabledBaselineIdentifier
AWS::ControlTower::EnabledControl ControlIdentifier!^,Parameters,Tags,TargetIdentifier!^ 
AWS::ControlTower::LandingZone Manifest!,RemediationTypes,Tags,Version! Arn,DriftStatus,LandingZoneIdentifier,LatestAvailableVersion,Status
AWS::CustomerProfiles::CalculatedAttributeDefinition AttributeDetails!,CalculatedAttributeName!^,Conditions,Description,DisplayName,DomainName!^,Statistic!,Tags,UseHistoricalData^ CreatedAt,LastUpdatedAt,Readiness,Status
AWS::CustomerProfiles::Domain DataStore,DeadLetterQueueUrl,DefaultEncryptionKey,DefaultExpirationDays!,DomainName!^,Matching,RuleBasedMatching,Tags CreatedAt,DataStore.Readiness,LastUpdatedAt,RuleBasedMatching.Status,Stats
AWS::CustomerProfiles::DomainObjectType Description,DomainName!^,EncryptionKey,Fields!^,ObjectTypeName!^,Tags CreatedAt,LastUpdatedAt
AWS::CustomerProfiles::EventStream DomainName!^,EventStreamName!^,Tags,Uri!^ CreatedAt,DestinationDetails,DestinationDetails.Status,DestinationDetails.Uri,EventStreamArn,State
AWS::CustomerProfiles::EventTrigger Description,DomainName!^,EventTriggerConditions!,EventTriggerLimits,EventTriggerName!^,ObjectTypeName!,SegmentFilter,Tags CreatedAt,LastUpdatedAt
AWS::CustomerProfiles::Integration DomainName!^,EventTriggerNames,FlowDefinition,ObjectTypeName,ObjectTypeNames,Scope,Tags,Uri^ CreatedAt,LastUpdatedAt
AWS::CustomerProfiles::ObjectType AllowProfileCreation,Description!,DomainName!^,EncryptionKey,ExpirationDays,Fields,Keys,MaxProfileObjectCount,ObjectTypeName!^,SourceLastUpdatedTimestampFormat,SourcePriority,Tags,TemplateId CreatedAt,LastUpdatedAt,MaxAvailableProfileObjectCount
AWS::CustomerProfiles::Recommender Description,DomainName!^,RecommenderConfig,RecommenderName!^,RecommenderRecipeName!^,Tags CreatedAt,FailureReason,LastUpdatedAt,LatestRecommenderUpdate,RecommenderArn,Status,TrainingMetrics
AWS::CustomerProfiles::RecommenderSchema DomainName!^,Fields!^,RecommenderSchemaName!^,Tags Arn,CreatedAt,Status
AWS::CustomerProfiles::SegmentDefinition Description,DisplayName!^,DomainName!^,SegmentDefinitionName!^,SegmentGroups^,SegmentSort,SegmentSqlQuery^,Tags CreatedAt,SegmentDefinitionArn,SegmentType
AWS::DAX::Cluster AvailabilityZones,ClusterEndpointEncryptionType^,ClusterName^,Description,IAMRoleARN!^,NetworkType^,NodeType!^,NotificationTopicARN,ParameterGroupName,PreferredMaintenanceWindow,ReplicationFactor!,SSESpecification^,SecurityGroupIds,SubnetGroupName^,Tags Arn,ClusterDiscoveryEndpoint,ClusterDiscoveryEndpointURL,Id
AWS::DAX::ParameterGroup Description^,ParameterGroupName^,ParameterNameValues 
AWS::DAX::SubnetGroup Description,SubnetGroupName^,SubnetIds! Id
AWS::DLM::LifecyclePolicy CopyTags,CreateInterval,CrossRegionCopyTargets,DefaultPolicy,Description,Exclusions,ExecutionRoleArn,ExtendDeletion,PolicyDetails,RetainInterval,State,Tags Arn,PolicyId
AWS::DMS::Certificate CertificateIdentifier^,CertificatePem^,CertificateWallet^ CertificateArn
AWS::DMS::DataMigration DataMigrationIdentifier,DataMigrationName,DataMigrationSettings,DataMigrationType!,MigrationProjectIdentifier!,ServiceAccessRoleArn!,SourceDataSettings,Tags DataMigrationArn,DataMigrationCreateTime
AWS::DMS::DataProvider DataProviderIdentifier,DataProviderName,Description,Engine!,ExactSettings,Settings,Tags DataProviderArn,DataProviderCreationTime
AWS::DMS::Endpoint CertificateArn,DatabaseName,DocDbSettings,DynamoDbSettings,ElasticsearchSettings,EndpointIdentifier,EndpointType!,EngineName!,ExtraConnectionAttributes,GcpMySQLSettings,IbmDb2Settings,KafkaSettings,KinesisSettings,KmsKeyId^,MicrosoftSqlServerSettings,MongoDbSettings,MySqlSettings,NeptuneSettings,OracleSettings,Password,Port,PostgreSqlSettings,RedisSettings,RedshiftSettings,ResourceIdentifier^,S3Settings,ServerName,SslMode,SybaseSettings,Tags,Username EndpointArn,ExternalId
AWS::DMS::EventSubscription Enabled,EventCategories,SnsTopicArn!,SourceIds^,SourceType,SubscriptionName^,Tags 
AWS::DMS::InstanceProfile AvailabilityZone,Description,InstanceProfileIdentifier,InstanceProfileName,KmsKeyArn,NetworkType,PubliclyAccessible,SubnetGroupIdentifier,Tags,VpcSecurityGroups InstanceProfileArn,InstanceProfileCreationTime
AWS::DMS::MigrationProject Description,InstanceProfileArn,InstanceProfileIdentifier,InstanceProfileName,MigrationProjectCreationTime,MigrationProjectIdentifier,MigrationProjectName,SchemaConversionApplicationAttributes,SourceDataProviderDescriptors,Tags,TargetDataProviderDescriptors,TransformationRules MigrationProjectArn
AWS::DMS::ReplicationConfig ComputeConfig!,ReplicationConfigIdentifier!,ReplicationSettings,ReplicationType!,ResourceIdentifier^,SourceEndpointArn!,SupplementalSettings,TableMappings!,Tags,TargetEndpointArn! ReplicationConfigArn
AWS::DMS::ReplicationInstance AllocatedStorage,AllowMajorVersionUpgrade,AutoMinorVersionUpgrade,AvailabilityZone,DnsNameServers^,EngineVersion,KmsKeyId^,MultiAZ,NetworkType,PreferredMaintenanceWindow,PubliclyAccessible^,ReplicationInstanceClass!,ReplicationInstanceIdentifier,ReplicationSubnetGroupIdentifier^,ResourceIdentifier^,Tags,VpcSecurityGroupIds Id,ReplicationInstancePrivateIpAddresses,ReplicationInstancePublicIpAddresses
AWS::DMS::ReplicationSubnetGroup ReplicationSubnetGroupDescription!,ReplicationSubnetGroupIdentifier^,SubnetIds!,Tags 
AWS::DMS::ReplicationTask CdcStartPosition,CdcStartTime,CdcStopPosition,MigrationType!^,ReplicationInstanceArn!^,ReplicationTaskIdentifier,ReplicationTaskSettings,ResourceIdentifier^,SourceEndpointArn!^,TableMappings!,Tags,TargetEndpointArn!^,TaskData ReplicationTaskArn
AWS::DRS::LaunchConfigurationTemplate CopyPrivateIp,CopyTags,ExportBucketArn,LaunchDisposition,LaunchIntoSourceInstance,Licensing,PostLaunchEnabled,Tags^,TargetInstanceTypeRightSizingMethod Arn,LaunchConfigurationTemplateID
AWS::DRS::ReplicationConfigurationTemplate AssociateDefaultSecurityGroup,AutoReplicateNewDisks,BandwidthThrottling!,CreatePublicIP,DataPlaneRouting,DefaultLargeStagingDiskType,EbsEncryption!,EbsEncryptionKeyArn,InternetProtocol,PitPolicy!,ReplicationServerInstanceType,ReplicationServersSecurityGroupsIDs!,StagingAreaSubnetId!,StagingAreaTags!,Tags,UseDedicatedReplicationServer Arn,ReplicationConfigurationTemplateID
AWS::DRS::SourceNetwork OriginAccountID!^,OriginRegion!^,Tags,VpcID!^ Arn,SourceNetworkID
AWS::DSQL::Cluster DeletionProtectionEnabled,KmsEncryptionKey,MultiRegionProperties,PolicyDocument,Tags CreationTime,EncryptionDetails,Endpoint,Identifier,PolicyVersion,ResourceArn,Status,VpcEndpoint,VpcEndpointServiceName
AWS::DataBrew::Dataset Format,FormatOptions,Input!,Name!^,PathOptions,Source,Tags^ 
AWS::DataBrew::Job DataCatalogOutputs,DatabaseOutputs,DatasetName,EncryptionKeyArn,EncryptionMode,JobSample,LogSubscription,MaxCapacity,MaxRetries,Name!^,OutputLocation,Outputs,ProfileConfiguration,ProjectName,Recipe,RoleArn!,Tags^,Timeout,Type!^,ValidationConfigurations 
AWS::DataBrew::Project DatasetName!,Name!^,RecipeName!,RoleArn!,Sample,Tags^ 
AWS::DataBrew::Recipe Description,Name!^,Steps!,Tags^ 
AWS::DataBrew::Ruleset Description,Name!^,Rules!,Tags,TargetArn!^ 
AWS::DataBrew::Schedule CronExpression!,JobNames,Name!^,Tags^ 
AWS::DataExchange::DataSet AssetType!^,Description!,Name!,Tags Arn,CreatedAt,Id,Origin,UpdatedAt
AWS::DataExchange::EventAction Action!,Event!^,Tags Arn,CreatedAt,EventActionId,UpdatedAt
AWS::DataPipeline::Pipeline Activate,Description^,Name!^,ParameterObjects,ParameterValues,PipelineObjects,PipelineTags Id,PipelineId
AWS::DataSync::Agent ActivationKey^,AgentName,SecurityGroupArns^,SubnetArns^,Tags,VpcEndpointId^ AgentArn,EndpointType
AWS::DataSync::LocationAzureBlob AgentArns,AzureAccessTier,AzureBlobAuthenticationType!,AzureBlobContainerUrl^,AzureBlobSasConfiguration,AzureBlobType,CmkSecretConfig,CustomSecretConfig,FederatedIdentity,Subdirectory,Tags CmkSecretConfig.SecretArn,LocationArn,LocationUri,ManagedSecretConfig
AWS::DataSync::LocationEFS AccessPointArn^,Ec2Config!^,EfsFilesystemArn^,FileSystemAccessRoleArn^,InTransitEncryption^,Subdirectory^,Tags LocationArn,LocationUri
AWS::DataSync::LocationFSxLustre FsxFilesystemArn^,SecurityGroupArns!^,Subdirectory^,Tags LocationArn,LocationUri
AWS::DataSync::LocationFSxONTAP Protocol^,SecurityGroupArns!^,StorageVirtualMachineArn!^,Subdirectory^,Tags FsxFilesystemArn,LocationArn,LocationUri,Protocol.SMB
AWS::DataSync::LocationFSxOpenZFS FsxFilesystemArn^,Protocol!^,SecurityGroupArns!^,Subdirectory^,Tags LocationArn,LocationUri
AWS::DataSync::LocationFSxWindows CmkSecretConfig,CustomSecretConfig,Domain^,FsxFilesystemArn^,Password^,SecurityGroupArns!^,Subdirectory^,Tags,User!^ CmkSecretConfig.SecretArn,LocationArn,LocationUri,ManagedSecretConfig
AWS::DataSync::LocationHDFS AgentArns!,AuthenticationType!,BlockSize,CmkSecretConfig,CustomSecretConfig,KerberosKeytab,KerberosKrb5Conf,KerberosPrincipal,KmsKeyProviderUri,NameNodes!,QopConfiguration,ReplicationFactor,SimpleUser,Subdirectory,Tags CmkSecretConfig.SecretArn,LocationArn,LocationUri,ManagedSecretConfig
AWS::DataSync::LocationNFS MountOptions,OnPremConfig!,ServerHostname^,Subdirectory,Tags LocationArn,LocationUri
AWS::DataSync::LocationObjectStorage AccessKey,AgentArns,BucketName^,CmkSecretConfig,CustomSecretConfig,FederatedIdentity,SecretKey,ServerCertificate,ServerHostname^,ServerPort,ServerProtocol,Subdirectory,Tags CmkSecretConfig.SecretArn,LocationArn,LocationUri,ManagedSecretConfig
AWS::DataSync::LocationS3 S3BucketArn^,S3Config!^,S3StorageClass^,Subdirectory^,Tags LocationArn,LocationUri
AWS::DataSync::LocationSMB AgentArns!,AuthenticationType,CmkSecretConfig,CustomSecretConfig,DnsIpAddresses,Domain,KerberosKeytab,KerberosKrb5Conf,KerberosPrincipal,MountOptions,Password,ServerHostname^,Subdirectory,Tags,User CmkSecretConfig.SecretArn,LocationArn,LocationUri,ManagedSecretConfig
AWS::DataSync::Task CloudWatchLogGroupArn,DestinationLocationArn!^,Excludes,Includes,ManifestConfig,Name,Options,Schedule,SourceLocationArn!^,Tags,TaskMode^,TaskReportConfig DestinationNetworkInterfaceArns,SourceNetworkInterfaceArns,Status,TaskArn
AWS::DataZone::Connection AwsLocation,Configurations,Description,DomainIdentifier!^,EnableTrustedIdentityPropagation^,EnvironmentIdentifier^,Name!^,ProjectIdentifier^,Props,Scope^ ConnectionId,DomainId,DomainUnitId,EnvironmentId,EnvironmentUserRole,ProjectId,Type
AWS::DataZone::DataSource AssetFormsInput,Configuration,ConnectionIdentifier^,Description,DomainIdentifier!^,EnableSetting,EnvironmentIdentifier^,Name!,ProjectIdentifier!^,PublishOnImport,Recommendation,Schedule,Type!^ ConnectionId,CreatedAt,DomainId,EnvironmentId,Id,LastRunAssetCount,LastRunAt,LastRunStatus,ProjectId,Status,UpdatedAt
AWS::DataZone::Domain Description,DomainExecutionRole,DomainVersion^,KmsKeyIdentifier^,Name!,ServiceRole,SingleSignOn,Tags Arn,CreatedAt,Id,LastUpdatedAt,ManagedAccountId,PortalUrl,RootDomainUnitId,Status
AWS::DataZone::DomainUnit Description,DomainIdentifier!^,Name!,ParentDomainUnitIdentifier!^ CreatedAt,DomainId,Id,Identifier,LastUpdatedAt,ParentDomainUnitId
AWS::DataZone::Environment DeploymentOrder^,Description,DomainIdentifier!^,EnvironmentAccountIdentifier^,EnvironmentAccountRegion^,EnvironmentBlueprintIdentifier^,EnvironmentConfigurationId^,EnvironmentProfileIdentifier^,EnvironmentRoleArn,GlossaryTerms,Name!,ProjectIdentifier!^,UserParameters^ AwsAccountId,AwsAccountRegion,CreatedAt,CreatedBy,DomainId,EnvironmentBlueprintId,EnvironmentProfileId,Id,ProjectId,Provider,Status,UpdatedAt
AWS::DataZone::EnvironmentActions Description,DomainIdentifier^,EnvironmentIdentifier^,Identifier,Name!,Parameters DomainId,EnvironmentId,Id
AWS::DataZone::EnvironmentBlueprintConfiguration DomainIdentifier!^,EnabledRegions!,EnvironmentBlueprintIdentifier!^,EnvironmentRolePermissionBoundary,GlobalParameters,ManageAccessRoleArn,ProvisioningConfigurations,ProvisioningRoleArn,RegionalParameters CreatedAt,DomainId,EnvironmentBlueprintId,UpdatedAt
AWS::DataZone::EnvironmentProfile AwsAccountId!,AwsAccountRegion!,Description,DomainIdentifier!^,EnvironmentBlueprintIdentifier!^,Name!,ProjectIdentifier!^,UserParameters CreatedAt,CreatedBy,DomainId,EnvironmentBlueprintId,Id,ProjectId,UpdatedAt
AWS::DataZone::FormType Description,DomainIdentifier!^,Model!,Name!^,OwningProjectIdentifier!,Status CreatedAt,CreatedBy,DomainId,FormTypeIdentifier,OwningProjectId,Revision
AWS::DataZone::GroupProfile DomainIdentifier!^,GroupIdentifier^,GroupType,RolePrincipalArn^,Status DomainId,GroupName,Id,RolePrincipalId
AWS::DataZone::Owner DomainIdentifier!^,EntityIdentifier!^,EntityType!^,Owner!^ OwnerIdentifier,OwnerType
AWS::DataZone::PolicyGrant Detail^,DomainIdentifier!^,EntityIdentifier!^,EntityType!^,PolicyType!^,Principal^ CreatedAt,CreatedBy,GrantId
AWS::DataZone::Project Description,DomainIdentifier!^,DomainUnitId,GlossaryTerms,MembershipAssignments^,Name!,ProjectCategory^,ProjectExecutionRole^,ProjectProfileId^,ProjectProfileVersion,ResourceTags,UserParameters CreatedAt,CreatedBy,DomainId,Id,LastUpdatedAt,ProjectStatus
AWS::DataZone::ProjectMembership Designation!,DomainIdentifier!^,Member!^,ProjectIdentifier!^ MemberIdentifier,MemberIdentifierType
AWS::DataZone::ProjectProfile AllowCustomProjectResourceTags,Description,DomainIdentifier^,DomainUnitIdentifier,EnvironmentConfigurations,Name!,ProjectResourceTags,ProjectResourceTagsDescription,Status,UseDefaultConfigurations^ CreatedAt,CreatedBy,DomainId,DomainUnitId,Id,Identifier,LastUpdatedAt
AWS::DataZone::SubscriptionTarget ApplicableAssetTypes!,AuthorizedPrincipals!,DomainIdentifier!^,EnvironmentIdentifier!^,ManageAccessRole,Name!,Provider,SubscriptionTargetConfig!,Type!^ CreatedAt,CreatedBy,DomainId,EnvironmentId,Id,ProjectId,UpdatedAt,UpdatedBy
AWS::DataZone::UserProfile DomainIdentifier!^,SessionName,Status,UserIdentifier!^,UserType^ Details,DomainId,Id,Type
AWS::Deadline::Budget Actions!,ApproximateDollarLimit!,Description,DisplayName!,FarmId!^,Schedule!,Tags,UsageTrackingResource!^ Arn,BudgetId,Status
AWS::Deadline::Farm CostScaleFactor,Description,DisplayName!,KmsKeyArn^,Tags Arn,FarmId
AWS::Deadline::Fleet Configuration!,Description,DisplayName!,FarmId!^,HostConfiguration,MaxWorkerCount!,MinWorkerCount,RoleArn!,Tags Arn,Capabilities,FleetId,Status,StatusMessage,WorkerCount
AWS::Deadline::LicenseEndpoint SecurityGroupIds!^,SubnetIds!^,Tags,VpcId!^ Arn,DnsName,LicenseEndpointId,Status,StatusMessage
AWS::Deadline::Limit AmountRequirementName!^,Description,DisplayName!,FarmId!^,MaxCount! CurrentCount,LimitId
AWS::Deadline::MeteredProduct LicenseEndpointId^,ProductId^ Arn,Family,Port,Vendor
AWS::Deadline::Monitor DisplayName!,IdentityCenterInstanceArn!^,IdentityCenterRegion^,RoleArn!,Subdomain!,Tags Arn,IdentityCenterApplicationArn,MonitorId,Url
AWS::Deadline::Queue AllowedStorageProfileIds,DefaultBudgetAction,Description,DisplayName!,FarmId!^,JobAttachmentSettings,JobRunAsUser,RequiredFileSystemLocationNames,RoleArn,SchedulingConfiguration,Tags Arn,QueueId
AWS::Deadline::QueueEnvironment FarmId!^,Priority!,QueueId!^,Template!,TemplateType! Name,QueueEnvironmentId
AWS::Deadline::QueueFleetAssociation FarmId!^,FleetId!^,QueueId!^ 
AWS::Deadline::QueueLimitAssociation FarmId!^,LimitId!^,QueueId!^ 
AWS::Deadline::StorageProfile DisplayName!,FarmId!^,FileSystemLocations,OsFamily! StorageProfileId
AWS::Deadline::Worker FarmId!^,FleetId!^,HostProperties^,Tags Arn,CreatedAt,CreatedBy,Status,WorkerId
AWS::Detective::Graph AutoEnableMembers,Tags Arn
AWS::Detective::MemberInvitation DisableEmailNotification,GraphArn!^,MemberEmailAddress!,MemberId!^,Message 
AWS::Detective::OrganizationAdmin AccountId!^ GraphArn
AWS::DevOpsAgent::AgentSpace Description,KmsKeyArn^,Locale,Name!,OperatorApp,Preferences,Tags AgentSpaceId,Arn,CreatedAt,OperatorApp.Iam,OperatorApp.Idc,UpdatedAt
AWS::DevOpsAgent::Asset AgentSpaceId!^,AssetType!^,Files,Metadata,Zip Arn,AssetId,CreatedAt,UpdatedAt,Version
AWS::DevOpsAgent::Association AgentSpaceId!^,Configuration!,LinkedAssociationIds,ServiceId! AssociationId,CreatedAt,UpdatedAt
AWS::DevOpsAgent::PrivateConnection Certificate,ConnectionConfiguration!^,Name!^,Tags Arn,CertificateExpiryTime,Status
AWS::DevOpsAgent::Service ExchangeUrlPrivateConnectionName^,KmsKeyArn^,PrivateConnectionName^,ServiceDetails,ServiceType!^,Tags,TargetUrlPrivateConnectionName^ AccessibleResources,AdditionalServiceDetails,Arn,ServiceId
AWS::DevOpsAgent::Trigger Action!^,AgentSpaceId!^,Condition!^,Status,Type!^ Arn,CreatedAt,TriggerId,UpdatedAt
AWS::DevOpsGuru::LogAnomalyDetectionIntegration  AccountId
AWS::DevOpsGuru::NotificationChannel Config!^ Id
AWS::DevOpsGuru::ResourceCollection ResourceCollectionFilter! ResourceCollectionType
AWS::DeviceFarm::DevicePool Description,MaxDevices,Name!,ProjectArn!^,Rules!,Tags Arn
AWS::DeviceFarm::InstanceProfile Description,ExcludeAppPackagesFromCleanup,Name!,PackageCleanup,RebootAfterUse,Tags Arn
AWS::DeviceFarm::NetworkProfile Description,DownlinkBandwidthBits,DownlinkDelayMs,DownlinkJitterMs,DownlinkLossPercent,Name!,ProjectArn!^,Tags,UplinkBandwidthBits,UplinkDelayMs,UplinkJitterMs,UplinkLossPercent Arn
AWS::DeviceFarm::Project DefaultJobTimeoutMinutes,EnvironmentVariables,ExecutionRoleArn,Name!,Tags,VpcConfig Arn
AWS::DeviceFarm::TestGridProject Description,Name!,Tags,VpcConfig Arn
AWS::DeviceFarm::Upload ContentType^,Name!^,ProjectArn!^,Type!^ Arn,Category,Created,Status
AWS::DeviceFarm::VPCEConfiguration ServiceDnsName!,Tags,VpceConfigurationDescription,VpceConfigurationName!,VpceServiceName! Arn
AWS::DirectConnect::Connection Bandwidth!^,ConnectionName!,LagId,Location!^,ProviderName^,RequestMACSec^,Tags ConnectionArn,ConnectionId,ConnectionState
AWS::DirectConnect::DirectConnectGateway AmazonSideAsn^,DirectConnectGatewayName!,Tags DirectConnectGatewayArn,DirectConnectGatewayId
AWS::DirectConnect::DirectConnectGatewayAssociation AcceptDirectConnectGatewayAssociationProposalRoleArn^,AllowedPrefixesToDirectConnectGateway,AssociatedGatewayId!^,DirectConnectGatewayId!^ AssociationId
AWS::DirectConnect::Lag ConnectionsBandwidth!^,LagName!,Location!^,MinimumLinks,ProviderName^,RequestMACSec^,Tags LagArn,LagId,LagState
AWS::DirectConnect::PrivateVirtualInterface AllocatePrivateVirtualInterfaceRoleArn^,BgpPeers!,ConnectionId!,DirectConnectGatewayId^,EnableSiteLink,Mtu,RateLimit,Tags,VirtualGatewayId^,VirtualInterfaceName!,Vlan!^ VirtualInterfaceArn,VirtualInterfaceId
AWS::DirectConnect::PublicVirtualInterface AllocatePublicVirtualInterfaceRoleArn^,BgpPeers!,ConnectionId!,RateLimit,RouteFilterPrefixes^,Tags,VirtualInterfaceName!,Vlan!^ VirtualInterfaceArn,VirtualInterfaceId
AWS::DirectConnect::TransitVirtualInterface AllocateTransitVirtualInterfaceRoleArn^,BgpPeers!,ConnectionId!,DirectConnectGatewayId!^,EnableSiteLink,Mtu,RateLimit,Tags,VirtualInterfaceName!,Vlan!^ VirtualInterfaceArn,VirtualInterfaceId
AWS::DirectoryService::MicrosoftAD CreateAlias^,Edition^,EnableSso,Name!^,Password!^,ShortName^,VpcSettings!^ Alias,DnsIpAddresses,Id
AWS::DirectoryService::SimpleAD CreateAlias^,Description^,EnableSso,Name!^,Password^,ShortName^,Size!^,Tags,VpcSettings!^ Alias,DirectoryId,DnsIpAddresses,Id
AWS::DocDB::DBCluster AvailabilityZones^,BackupRetentionPeriod,CopyTagsToSnapshot,DBClusterIdentifier^,DBClusterParameterGroupName,DBSubnetGroupName^,DeletionProtection,EnableCloudwatchLogsExports,EngineVersion^,GlobalClusterIdentifier,KmsKeyId^,ManageMasterUserPassword,MasterUserPassword,MasterUserSecretKmsKeyId,MasterUsername^,NetworkType,Port,PreferredBackupWindow,PreferredMaintenanceWindow,RestoreToTime,RestoreType,RotateMasterUserPassword,ServerlessV2ScalingConfiguration,SnapshotIdentifier^,SourceDBClusterIdentifier^,StorageEncrypted^,StorageType,Tags,UseLatestRestorableTime,VpcSecurityGroupIds ClusterResourceId,Endpoint,Id,Port,ReadEndpoint
AWS::DocDB::DBClusterParameterGroup Description!^,Family!^,Name^,Parameters!,Tags 
AWS::DocDB::DBInstance AutoMinorVersionUpgrade,AvailabilityZone^,CACertificateIdentifier,CertificateRotationRestart,DBClusterIdentifier!^,DBInstanceClass!,DBInstanceIdentifier^,EnablePerformanceInsights,PreferredMaintenanceWindow,Tags Endpoint,Id,Port
AWS::DocDB::DBSubnetGroup DBSubnetGroupDescription!,DBSubnetGroupName^,SubnetIds!,Tags 
AWS::DocDB::EventSubscription Enabled,EventCategories,SnsTopicArn!^,SourceIds,SourceType,SubscriptionName^ 
AWS::DocDB::GlobalCluster DeletionProtection,EngineVersion^,Engine^,GlobalClusterIdentifier!^,SourceDBClusterIdentifier^,StorageEncrypted^,Tags GlobalClusterArn,GlobalClusterResourceId
AWS::DocDBElastic::Cluster AdminUserName!^,AdminUserPassword,AuthType!^,BackupRetentionPeriod,ClusterName!^,KmsKeyId^,PreferredBackupWindow,PreferredMaintenanceWindow,ShardCapacity!,ShardCount!,ShardInstanceCount,SubnetIds,Tags,VpcSecurityGroupIds ClusterArn,ClusterEndpoint
AWS::DocDBElastic::ClusterSnapshot ClusterArn!^,SnapshotName!^,Tags AdminUserName,ClusterCreationTime,KmsKeyId,SnapshotArn,SnapshotCreationTime,SnapshotType,Status,SubnetIds,VpcSecurityGroupIds
AWS::DynamoDB::GlobalTable AttributeDefinitions,BillingMode,GlobalSecondaryIndexes,GlobalTableSourceArn,GlobalTableWitnesses,KeySchema^,LocalSecondaryIndexes^,MultiRegionConsistency,ReadOnDemandThroughputSettings,ReadProvisionedThroughputSettings,Replicas!,SSESpecification,StreamSpecification,TableName^,TimeToLiveSpecification,VectorIndexes,WarmThroughput,WriteOnDemandThroughputSettings,WriteProvisionedThroughputSettings Arn,StreamArn,TableId
AWS::DynamoDB::Table AttributeDefinitions,BillingMode,ContributorInsightsSpecification,DeletionProtectionEnabled,GlobalSecondaryIndexes,ImportSourceSpecification^,KeySchema!^,KinesisStreamSpecification,LocalSecondaryIndexes,OnDemandThroughput,PointInTimeRecoverySpecification,ProvisionedThroughput,ResourcePolicy,SSESpecification,StreamSpecification,TableClass,TableName^,Tags,TimeToLiveSpecification,VectorIndexes,WarmThroughput Arn,StreamArn
AWS::EC2::ApplicationStatusCheck Aggregation,DeviceIndex,FailureThreshold,HealthCheckPaths,InitializationGracePeriodSeconds,Interval^,IpScope^,IpVersion,Path,Port!,Protocol!,StatusCodeMatcher,SuccessThreshold,Tags,Timeout ApplicationStatusCheckId,Arn,CreationTime
AWS::EC2::CapacityManagerDataExport OutputFormat!^,S3BucketName!^,S3BucketPrefix^,Schedule!^,Tags CapacityManagerDataExportId
AWS::EC2::CapacityReservation AvailabilityZoneId^,AvailabilityZone^,EbsOptimized^,EndDate,EndDateType,EphemeralStorage^,InstanceCount!,InstanceMatchCriteria^,InstancePlatform!^,InstanceType!^,OutPostArn^,PlacementGroupArn^,TagSpecifications^,Tenancy^,UnusedReservationBillingOwnerId AvailabilityZone,AvailableInstanceCount,CapacityAllocationSet,CapacityReservationArn,CapacityReservationFleetId,CommitmentInfo,CreateDate,DeliveryPreference,Id,InstanceType,OwnerId,ReservationType,StartDate,State,Tenancy,TotalInstanceCount
AWS::EC2::CapacityReservationFleet AllocationStrategy^,EndDate^,InstanceMatchCriteria^,InstanceTypeSpecifications^,NoRemoveEndDate,RemoveEndDate,TagSpecifications^,Tenancy^,TotalTargetCapacity CapacityReservationFleetId
AWS::EC2::CarrierGateway Tags,VpcId!^ CarrierGatewayId,OwnerId,State
AWS::EC2::ClientVpnAuthorizationRule AccessGroupId^,AuthorizeAllGroups^,ClientVpnEndpointId!^,Description^,TargetNetworkCidr!^ Id
AWS::EC2::ClientVpnEndpoint AuthenticationOptions!^,ClientCidrBlock^,ClientConnectOptions,ClientLoginBannerOptions,ClientRouteEnforcementOptions,ConnectionLogOptions!,Description,DisconnectOnSessionTimeout,DnsServers,EndpointIpAddressType^,SecurityGroupIds,SelfServicePortal,ServerCertificateArn!,SessionTimeoutHours,SplitTunnel,TagSpecifications^,TrafficIpAddressType^,TransitGatewayConfiguration^,TransportProtocol^,VpcId,VpnPort Id
AWS::EC2::ClientVpnRoute ClientVpnEndpointId!^,Description^,DestinationCidrBlock!^,TargetVpcSubnetId^ Id
AWS::EC2::ClientVpnTargetNetworkAssociation AvailabilityZoneId^,AvailabilityZone^,ClientVpnEndpointId!^,SubnetId^ Id
AWS::EC2::CustomerGateway BgpAsnExtended^,BgpAsn^,CertificateArn^,DeviceName^,IpAddress!^,Tags,Type!^ CustomerGatewayId
AWS::EC2::DHCPOptions DomainNameServers^,DomainName^,Ipv6AddressPreferredLeaseTime^,NetbiosNameServers^,NetbiosNodeType^,NtpServers^,Tags DhcpOptionsId
AWS::EC2::EC2Fleet Context,ExcessCapacityTerminationPolicy,LaunchTemplateConfigs!^,OnDemandOptions^,ReplaceUnhealthyInstances^,ReservedCapacityOptions^,SpotOptions^,TagSpecifications^,TargetCapacitySpecification!,TerminateInstancesWithExpiration^,Type^,ValidFrom^,ValidUntil^ FleetId
AWS::EC2::EIP Address^,Domain^,InstanceId,IpamPoolId^,NetworkBorderGroup^,PublicIpv4Pool,Tags,TransferAddress^ AllocationId,PublicIp
AWS::EC2::EIPAssociation AllocationId^,EIP^,InstanceId^,NetworkInterfaceId^,PrivateIpAddress^ Id
AWS::EC2::EgressOnlyInternetGateway Tags,VpcId!^ Id
AWS::EC2::EnclaveCertificateIamRoleAssociation CertificateArn!^,RoleArn!^ CertificateS3BucketName,CertificateS3ObjectKey,EncryptionKmsKeyId
AWS::EC2::FlowLog DeliverCrossAccountRole^,DeliverLogsPermissionArn^,DestinationOptions^,LogDestinationType^,LogDestination^,LogFormat^,LogGroupName^,MaxAggregationInterval^,ResourceId!^,ResourceType!^,TagFieldSpecifications^,Tags,TrafficType^ Id
AWS::EC2::FpgaImage Description,InputStorageLocation^,LogsStorageLocation^,Name,Tags Arn,CreateTime,DataRetentionSupport,FpgaImageGlobalId,FpgaImageId,OwnerId,Public,State,UpdateTime
AWS::EC2::GatewayRouteTableAssociation GatewayId!^,RouteTableId! AssociationId
AWS::EC2::Host AssetId^,AutoPlacement,AvailabilityZone!^,HostMaintenance,HostRecovery,InstanceFamily^,InstanceType^,OutpostArn^,Tags HostId
AWS::EC2::IPAM DefaultResourceDiscoveryOrganizationalUnitExclusions,Description,EnablePrivateGua,MeteredAccount,OperatingRegions,Tags,Tier Arn,DefaultResourceDiscoveryAssociationId,DefaultResourceDiscoveryId,IpamId,PrivateDefaultScopeId,PublicDefaultScopeId,ResourceDiscoveryAssociationCount,ScopeCount
AWS::EC2::IPAMAllocation Cidr^,Description^,IpamPoolId!^,NetmaskLength^ IpamPoolAllocationId
AWS::EC2::IPAMPool AddressFamily!^,AllocationDefaultNetmaskLength,AllocationMaxNetmaskLength,AllocationMinNetmaskLength,AllocationResourceTags,AutoImport,AwsService^,Description,IpamScopeId!^,Locale^,ProvisionedCidrs,PublicIpSource^,PubliclyAdvertisable^,SourceIpamPoolId^,SourceResource^,Tags Arn,IpamArn,IpamPoolId,IpamScopeArn,IpamScopeType,PoolDepth,State,StateMessage
AWS::EC2::IPAMPoolCidr Cidr^,IpamPoolId!^,NetmaskLength^ IpamPoolCidrId,State
AWS::EC2::IPAMPrefixListResolver AddressFamily!^,Description,IpamId^,Rules,Tags IpamArn,IpamPrefixListResolverArn,IpamPrefixListResolverId
AWS::EC2::IPAMPrefixListResolverTarget DesiredVersion,IpamPrefixListResolverId!^,PrefixListId!^,PrefixListRegion!^,Tags,TrackLatestVersion! IpamPrefixListResolverTargetArn,IpamPrefixListResolverTargetId
AWS::EC2::IPAMResourceDiscovery Description,OperatingRegions,OrganizationalUnitExclusions,Tags IpamResourceDiscoveryArn,IpamResourceDiscoveryId,IpamResourceDiscoveryRegion,IsDefault,OwnerId,State
AWS::EC2::IPAMResourceDiscoveryAssociation IpamId!^,IpamResourceDiscoveryId!^,Tags IpamArn,IpamRegion,IpamResourceDiscoveryAssociationArn,IpamResourceDiscoveryAssociationId,IsDefault,OwnerId,ResourceDiscoveryStatus,State
AWS::EC2::IPAMScope Description,ExternalAuthorityConfiguration,IpamId!^,Tags Arn,IpamArn,IpamScopeId,IpamScopeType,IsDefault,PoolCount
AWS::EC2::IPv4Pool Tags Arn,Description,NetworkBorderGroup,PoolId,TotalAddressCount,TotalAvailableAddressCount
AWS::EC2::Instance AdditionalInfo?,Affinity?,AvailabilityZone^,BlockDeviceMappings?,CpuOptions^,CreditSpecification,DisableApiTermination,EbsOptimized?,ElasticGpuSpecifications^,ElasticInferenceAccelerators^,EnclaveOptions^,HibernationOptions^,HostId?,HostResourceGroupArn^,IamInstanceProfile,ImageId^,InstanceInitiatedShutdownBehavior,InstanceType?,Ipv6AddressCount^,Ipv6Addresses^,KernelId?,KeyName^,LaunchTemplate^,LicenseSpecifications^,MetadataOptions,Monitoring,NetworkInterfaces^,PlacementGroupName^,PrivateDnsNameOptions?,PrivateIpAddress^,PropagateTagsToVolumeOnCreation,RamdiskId?,SecurityGroupIds?,SecurityGroups^,SourceDestCheck,SsmAssociations,SubnetId^,Tags,Tenancy?,UserData?,Volumes AvailabilityZone,InstanceId,PrivateDnsName,PrivateIp,PublicDnsName,PublicIp,State,VpcId
AWS::EC2::InstanceConnectEndpoint ClientToken^,PreserveClientIp^,SecurityGroupIds^,SubnetId!^,Tags AvailabilityZone,AvailabilityZoneId,CreatedAt,Id,InstanceConnectEndpointArn,NetworkInterfaceIds,OwnerId,PublicDnsNames,State,StateMessage,VpcId
AWS::EC2::InstanceEventWindow CronExpression,Name,Tags,TimeRanges Arn,InstanceEventWindowId,State
AWS::EC2::InternetGateway Tags InternetGatewayId
AWS::EC2::IpPoolRouteTableAssociation PublicIpv4Pool!^,RouteTableId!^ AssociationId
AWS::EC2::IpamExternalResourceVerificationToken IpamId!^,Tags IpamArn,IpamExternalResourceVerificationTokenArn,IpamExternalResourceVerificationTokenId,IpamRegion,NotAfter,State,Status,TokenName,TokenValue
AWS::EC2::KeyPair KeyFormat^,KeyName!^,KeyType^,PublicKeyMaterial^,Tags^ KeyFingerprint,KeyPairId
AWS::EC2::LaunchTemplate LaunchTemplateData!,LaunchTemplateName^,TagSpecifications,VersionDescription DefaultVersionNumber,LatestVersionNumber,LaunchTemplateId
AWS::EC2::LocalGatewayRoute DestinationCidrBlock!^,LocalGatewayRouteTableId!^,LocalGatewayVirtualInterfaceGroupId,NetworkInterfaceId State,Type
AWS::EC2::LocalGatewayRouteTable LocalGatewayId!^,Mode^,Tags LocalGatewayRouteTableArn,LocalGatewayRouteTableId,OutpostArn,OwnerId,State
AWS::EC2::LocalGatewayRouteTableVPCAssociation LocalGatewayRouteTableId!^,Tags,VpcId!^ LocalGatewayId,LocalGatewayRouteTableVpcAssociationId,State
AWS::EC2::LocalGatewayRouteTableVirtualInterfaceGroupAssociation LocalGatewayRouteTableId!^,LocalGatewayVirtualInterfaceGroupId!^,Tags LocalGatewayId,LocalGatewayRouteTableArn,LocalGatewayRouteTableVirtualInterfaceGroupAssociationId,OwnerId,State
AWS::EC2::LocalGatewayVirtualInterface LocalAddress!^,LocalGatewayVirtualInterfaceGroupId!^,OutpostLagId!^,PeerAddress!^,PeerBgpAsnExtended^,PeerBgpAsn^,Tags,Vlan!^ ConfigurationState,LocalBgpAsn,LocalGatewayId,LocalGatewayVirtualInterfaceId,OwnerId
AWS::EC2::LocalGatewayVirtualInterfaceGroup LocalBgpAsnExtended^,LocalBgpAsn^,LocalGatewayId!^,Tags ConfigurationState,LocalGatewayVirtualInterfaceGroupArn,LocalGatewayVirtualInterfaceGroupId,LocalGatewayVirtualInterfaceIds,OwnerId
AWS::EC2::NatGateway AllocationId^,AvailabilityMode^,AvailabilityZoneAddresses,ConnectivityType^,MaxDrainDurationSeconds,PrivateIpAddress^,SecondaryAllocationIds,SecondaryPrivateIpAddressCount,SecondaryPrivateIpAddresses,SubnetId^,Tags,VpcId^ AutoProvisionZones,AutoScalingIps,EniId,NatGatewayId,RouteTableId
AWS::EC2::NetworkAcl Tags,VpcId!^ Id
AWS::EC2::NetworkAclEntry CidrBlock,Egress^,Icmp,Ipv6CidrBlock,NetworkAclId!^,PortRange,Protocol!,RuleAction!,RuleNumber!^ Id
AWS::EC2::NetworkInsightsAccessScope ExcludePaths^,MatchPaths^,Tags CreatedDate,NetworkInsightsAccessScopeArn,NetworkInsightsAccessScopeId,UpdatedDate
AWS::EC2::NetworkInsightsAccessScopeAnalysis NetworkInsightsAccessScopeId!^,Tags AnalyzedEniCount,EndDate,FindingsFound,NetworkInsightsAccessScopeAnalysisArn,NetworkInsightsAccessScopeAnalysisId,StartDate,Status,StatusMessage
AWS::EC2::NetworkInsightsAnalysis AdditionalAccounts,FilterInArns^,FilterOutArns^,NetworkInsightsPathId!^,Tags AlternatePathHints,Explanations,ForwardPathComponents,NetworkInsightsAnalysisArn,NetworkInsightsAnalysisId,NetworkPathFound,ReturnPathComponents,StartDate,Status,StatusMessage,SuggestedAccounts
AWS::EC2::NetworkInsightsPath DestinationIp^,DestinationPort^,Destination^,FilterAtDestination^,FilterAtSource^,Protocol!^,Source!^,SourceIp^,Tags CreatedDate,DestinationArn,NetworkInsightsPathArn,NetworkInsightsPathId,SourceArn
AWS::EC2::NetworkInterface ConnectionTrackingSpecification,Description,EnablePrimaryIpv6,GroupSet,InterfaceType^,Ipv4PrefixCount,Ipv4Prefixes,Ipv6AddressCount,Ipv6Addresses,Ipv6PrefixCount,Ipv6Prefixes,PrivateIpAddress^,PrivateIpAddresses?,PublicIpDnsHostnameTypeSpecification,SecondaryPrivateIpAddressCount,SourceDestCheck,SubnetId!^,Tags Id,PrimaryIpv6Address,PrimaryPrivateIpAddress,PublicIpDnsNameOptions,SecondaryPrivateIpAddresses,VpcId
AWS::EC2::NetworkInterfaceAttachment DeleteOnTermination,DeviceIndex!^,EnaQueueCount,EnaSrdSpecification,InstanceId!^,NetworkInterfaceId!^ AttachmentId
AWS::EC2::NetworkInterfacePermission AwsAccountId!^,NetworkInterfaceId!^,Permission!^ Id
AWS::EC2::NetworkPerformanceMetricSubscription Destination!^,Metric!^,Source!^,Statistic!^ 
AWS::EC2::PlacementGroup ParentGroupId^,PartitionCount^,SpreadLevel^,Strategy^,Tags^ GroupId,GroupName
AWS::EC2::PrefixList AddressFamily!,Entries,MaxEntries,PrefixListName!,Tags Arn,OwnerId,PrefixListId,Version
AWS::EC2::Route CarrierGatewayId,CoreNetworkArn,DestinationCidrBlock^,DestinationIpv6CidrBlock^,DestinationPrefixListId^,EgressOnlyInternetGatewayId,GatewayId,InstanceId,LocalGatewayId,NatGatewayId,NetworkInterfaceId,OdbNetworkArn,RouteTableId!^,TransitGatewayId,VpcEndpointId,VpcPeeringConnectionId CidrBlock
AWS::EC2::RouteServer AmazonSideAsn!^,PersistRoutes,PersistRoutesDuration,SnsNotificationsEnabled,Tags Arn,Id
AWS::EC2::RouteServerAssociation RouteServerId!^,VpcId!^ 
AWS::EC2::RouteServerEndpoint RouteServerId!^,SubnetId!^,Tags Arn,EniAddress,EniId,Id,VpcId
AWS::EC2::RouteServerPeer BgpOptions!^,PeerAddress!^,RouteServerEndpointId!^,Tags Arn,EndpointEniAddress,EndpointEniId,Id,RouteServerId,SubnetId,VpcId
AWS::EC2::RouteServerPropagation RouteServerId!^,RouteTableId!^ 
AWS::EC2::RouteTable Tags,VpcId!^ RouteTableId
AWS::EC2::SecurityGroup GroupDescription!^,GroupName^,SecurityGroupEgress,SecurityGroupIngress,Tags,VpcId^ GroupId,Id,VpcId
AWS::EC2::SecurityGroupEgress CidrIp^,CidrIpv6^,Description,DestinationPrefixListId^,DestinationSecurityGroupId^,FromPort^,GroupId!^,IpProtocol!^,ToPort^ Id
AWS::EC2::SecurityGroupIngress CidrIp^,CidrIpv6^,Description,FromPort^,GroupId^,GroupName^,IpProtocol!^,SourcePrefixListId^,SourceSecurityGroupId^,SourceSecurityGroupName^,SourceSecurityGroupOwnerId^,ToPort^ Id
AWS::EC2::SecurityGroupVpcAssociation GroupId!^,VpcId!^ State,StateReason,VpcOwnerId
AWS::EC2::SnapshotBlockPublicAccess State! AccountId
AWS::EC2::SpotFleet SpotFleetRequestConfigData!,Tags Id
AWS::EC2::SqlHaStandbyDetectedInstance InstanceId!^,SqlServerCredentials HaStatus,LastUpdatedTime,SqlServerLicenseUsage
AWS::EC2::Subnet AssignIpv6AddressOnCreation,AvailabilityZoneId^,AvailabilityZone^,CidrBlock^,EnableDns64,EnableLniAtDeviceIndex,Ipv4IpamPoolId^,Ipv4NetmaskLength^,Ipv6CidrBlock?,Ipv6IpamPoolId^,Ipv6Native^,Ipv6NetmaskLength^,MapPublicIpOnLaunch,OutpostArn^,PrivateDnsNameOptionsOnLaunch,Tags,VpcId!^ AvailabilityZone,AvailabilityZoneId,BlockPublicAccessStates,CidrBlock,Ipv6CidrBlocks,NetworkAclAssociationId,OutpostArn,SubnetId,VpcId
AWS::EC2::SubnetCidrBlock Ipv6CidrBlock^,Ipv6IpamPoolId^,Ipv6NetmaskLength^,SubnetId!^ Id,IpSource,Ipv6AddressAttribute
AWS::EC2::SubnetCidrReservation Cidr!^,Description^,ReservationType!^,SubnetId!^,Tags Arn,OwnerId,SubnetCidrReservationId
AWS::EC2::SubnetNetworkAclAssociation NetworkAclId!^,SubnetId!^ AssociationId
AWS::EC2::SubnetRouteTableAssociation RouteTableId!^,SubnetId!^ Id
AWS::EC2::TrafficMirrorFilter Description^,NetworkServices,Tags Id
AWS::EC2::TrafficMirrorFilterRule Description,DestinationCidrBlock!,DestinationPortRange,Protocol,RuleAction!,RuleNumber!,SourceCidrBlock!,SourcePortRange,Tags,TrafficDirection!,TrafficMirrorFilterId!^ TrafficMirrorFilterRuleId
AWS::EC2::TrafficMirrorSession Description,NetworkInterfaceId!^,OwnerId,PacketLength,SessionNumber!,Tags,TrafficMirrorFilterId!,TrafficMirrorTargetId!,VirtualNetworkId Id
AWS::EC2::TrafficMirrorTarget Description^,GatewayLoadBalancerEndpointId^,NetworkInterfaceId^,NetworkLoadBalancerArn^,Tags Id
AWS::EC2::TransitGateway AmazonSideAsn^,AssociationDefaultRouteTableId,AutoAcceptSharedAttachments,DefaultRouteTableAssociation,DefaultRouteTablePropagation,Description,DnsSupport,EncryptionSupport,MulticastSupport^,PropagationDefaultRouteTableId,SecurityGroupReferencingSupport,Tags,TransitGatewayCidrBlocks,VpnEcmpSupport EncryptionSupportState,Id,TransitGatewayArn
AWS::EC2::TransitGatewayAttachment Options,SubnetIds!,Tags,TransitGatewayId!^,VpcId!^ Id
AWS::EC2::TransitGatewayConnect Options!^,Tags,TransportTransitGatewayAttachmentId!^ CreationTime,State,TransitGatewayAttachmentId,TransitGatewayId
AWS::EC2::TransitGatewayConnectPeer ConnectPeerConfiguration!^,Tags,TransitGatewayAttachmentId!^ ConnectPeerConfiguration.BgpConfigurations,ConnectPeerConfiguration.Protocol,CreationTime,State,TransitGatewayConnectPeerId
AWS::EC2::TransitGatewayMeteringPolicy MiddleboxAttachmentIds,Tags,TransitGatewayId!^ State,TransitGatewayMeteringPolicyId,UpdateEffectiveAt
AWS::EC2::TransitGatewayMeteringPolicyEntry DestinationCidrBlock^,DestinationPortRange^,DestinationTransitGatewayAttachmentId^,DestinationTransitGatewayAttachmentType^,MeteredAccount!^,PolicyRuleNumber!^,Protocol^,SourceCidrBlock^,SourcePortRange^,SourceTransitGatewayAttachmentId^,SourceTransitGatewayAttachmentType^,TransitGatewayMeteringPolicyId!^ State,UpdateEffectiveAt
AWS::EC2::TransitGatewayMulticastDomain Options,Tags,TransitGatewayId!^ CreationTime,State,TransitGatewayMulticastDomainArn,TransitGatewayMulticastDomainId
AWS::EC2::TransitGatewayMulticastDomainAssociation SubnetId!^,TransitGatewayAttachmentId!^,TransitGatewayMulticastDomainId!^ ResourceId,ResourceType,State
AWS::EC2::TransitGatewayMulticastGroupMember GroupIpAddress!^,NetworkInterfaceId!^,TransitGatewayMulticastDomainId!^ GroupMember,GroupSource,MemberType,ResourceId,ResourceType,SourceType,SubnetId,TransitGatewayAttachmentId
AWS::EC2::TransitGatewayMulticastGroupSource GroupIpAddress!^,NetworkInterfaceId!^,TransitGatewayMulticastDomainId!^ GroupMember,GroupSource,MemberType,ResourceId,ResourceType,SourceType,SubnetId,TransitGatewayAttachmentId
AWS::EC2::TransitGatewayPeeringAttachment PeerAccountId!^,PeerRegion!^,PeerTransitGatewayId!^,Tags,TransitGatewayId!^ CreationTime,State,Status,Status.Code,Status.Message,TransitGatewayAttachmentId
AWS::EC2::TransitGatewayPolicyTable Tags,TransitGatewayId!^ CreationTime,State,TransitGatewayPolicyTableId
AWS::EC2::TransitGatewayPolicyTableAssociation TransitGatewayAttachmentId!^,TransitGatewayPolicyTableId!^ State
AWS::EC2::TransitGatewayPolicyTableEntry PolicyRule!,PolicyRuleNumber!^,TargetRouteTableId!,TransitGatewayPolicyTableId!^ State
AWS::EC2::TransitGatewayRoute Blackhole^,DestinationCidrBlock!^,TransitGatewayAttachmentId^,TransitGatewayRouteTableId!^ 
AWS::EC2::TransitGatewayRouteTable Tags^,TransitGatewayId!^ TransitGatewayRouteTableId
AWS::EC2::TransitGatewayRouteTableAssociation TransitGatewayAttachmentId!^,TransitGatewayRouteTableId!^ 
AWS::EC2::TransitGatewayRouteTablePropagation TransitGatewayAttachmentId!^,TransitGatewayRouteTableId!^ 
AWS::EC2::TransitGatewayVpcAttachment AddSubnetIds,Options,RemoveSubnetIds,SubnetIds!^,Tags,TransitGatewayId!^,VpcId!^ Id
AWS::EC2::VPC CidrBlock^,EnableDnsHostnames,EnableDnsSupport,InstanceTenancy?,Ipv4IpamPoolId^,Ipv4NetmaskLength^,Tags,VpcEncryptionControl^ CidrBlock,CidrBlockAssociations,DefaultNetworkAcl,DefaultSecurityGroup,Ipv6CidrBlocks,VpcEncryptionControl.ResourceExclusions,VpcEncryptionControl.State,VpcEncryptionControl.StateMessage,VpcEncryptionControl.VpcEncryptionControlId,VpcEncryptionControl.VpcId,VpcId
AWS::EC2::VPCBlockPublicAccessExclusion InternetGatewayExclusionMode!,SubnetId^,Tags,VpcId^ ExclusionId
AWS::EC2::VPCBlockPublicAccessOptions InternetGatewayBlockMode! AccountId,ExclusionsAllowed
AWS::EC2::VPCCidrBlock AmazonProvidedIpv6CidrBlock^,CidrBlock^,Ipv4IpamPoolId^,Ipv4NetmaskLength^,Ipv6CidrBlockNetworkBorderGroup^,Ipv6CidrBlock^,Ipv6IpamPoolId^,Ipv6NetmaskLength^,Ipv6Pool^,VpcId!^ Id,IpSource,Ipv6AddressAttribute
AWS::EC2::VPCDHCPOptionsAssociation DhcpOptionsId!^,VpcId!^ 
AWS::EC2::VPCEncryptionControl EgressOnlyInternetGatewayExclusionInput,ElasticFileSystemExclusionInput,InternetGatewayExclusionInput,LambdaExclusionInput,Mode,NatGatewayExclusionInput,Tags,VirtualPrivateGatewayExclusionInput,VpcId^,VpcLatticeExclusionInput,VpcPeeringExclusionInput ResourceExclusions,ResourceExclusions.EgressOnlyInternetGateway,ResourceExclusions.ElasticFileSystem,ResourceExclusions.InternetGateway,ResourceExclusions.Lambda,ResourceExclusions.NatGateway,ResourceExclusions.VirtualPrivateGateway,ResourceExclusions.VpcLattice,ResourceExclusions.VpcPeering,State,StateMessage,VpcEncryptionControlId
AWS::EC2::VPCEndpoint DnsOptions,IpAddressType,PolicyDocument,PrivateDnsEnabled,ResourceConfigurationArn^,RouteTableIds,SecurityGroupIds,ServiceName^,ServiceNetworkArn^,ServiceRegion^,SubnetIds,Tags,VpcEndpointType^,VpcId!^ CreationTimestamp,DnsEntries,Id,NetworkInterfaceIds
AWS::EC2::VPCEndpointConnectionNotification ConnectionEvents!,ConnectionNotificationArn!,ServiceId^,VPCEndpointId^ VPCEndpointConnectionNotificationId
AWS::EC2::VPCEndpointService AcceptanceRequired,ContributorInsightsEnabled,GatewayLoadBalancerArns,NetworkLoadBalancerArns,PayerResponsibility,PrivateDnsName,PrivateDnsNameConfiguration,SupportedIpAddressTypes,SupportedRegions,Tags PrivateDnsNameConfiguration.Name,PrivateDnsNameConfiguration.State,PrivateDnsNameConfiguration.Type,PrivateDnsNameConfiguration.Value,ServiceId
AWS::EC2::VPCEndpointServicePermissions AllowedPrincipals,ServiceId!^ 
AWS::EC2::VPCGatewayAttachment InternetGatewayId,VpcId!^,VpnGatewayId AttachmentType
AWS::EC2::VPCPeeringConnection AssumeRoleRegion^,PeerOwnerId^,PeerRegion^,PeerRoleArn^,PeerVpcId!^,Tags,VpcId!^ Id
AWS::EC2::VPNConcentrator Tags,TransitGatewayId!^,Type!^ TransitGatewayAttachmentId,VpnConcentratorId
AWS::EC2::VPNConnection CustomerGatewayId!^,EnableAcceleration^,LocalIpv4NetworkCidr^,LocalIpv6NetworkCidr^,OutsideIpAddressType^,PreSharedKeyStorage^,RemoteIpv4NetworkCidr^,RemoteIpv6NetworkCidr^,StaticRoutesOnly^,Tags,TransitGatewayId^,TransportTransitGatewayAttachmentId^,TunnelBandwidth,TunnelInsideIpVersion^,Type!^,VpnConcentratorId^,VpnGatewayId^,VpnTunnelOptionsSpecifications^ VpnConnectionId
AWS::EC2::VPNConnectionRoute DestinationCidrBlock!^,VpnConnectionId!^ 
AWS::EC2::VPNGateway AmazonSideAsn^,Tags,Type!^ VPNGatewayId
AWS::EC2::VPNGatewayRoutePropagation RouteTableIds!,VpnGatewayId! Id
AWS::EC2::VerifiedAccessEndpoint ApplicationDomain^,AttachmentType!^,CidrOptions,Description,DomainCertificateArn^,EndpointDomainPrefix^,EndpointType!^,LoadBalancerOptions,NetworkInterfaceOptions,PolicyDocument,PolicyEnabled,RdsOptions,SecurityGroupIds^,SseSpecification,Tags,VerifiedAccessGroupId! CreationTime,DeviceValidationDomain,EndpointDomain,LastUpdatedTime,Status,VerifiedAccessEndpointId,VerifiedAccessInstanceId
AWS::EC2::VerifiedAccessGroup Description,PolicyDocument,PolicyEnabled,SseSpecification,Tags,VerifiedAccessInstanceId! CreationTime,LastUpdatedTime,Owner,VerifiedAccessGroupArn,VerifiedAccessGroupId
AWS::EC2::VerifiedAccessInstance CidrEndpointsCustomSubDomain,Description,FipsEnabled,LoggingConfigurations,Tags,VerifiedAccessTrustProviderIds,VerifiedAccessTrustProviders CidrEndpointsCustomSubDomainNameServers,CreationTime,LastUpdatedTime,VerifiedAccessInstanceId
AWS::EC2::VerifiedAccessTrustProvider Description,DeviceOptions^,DeviceTrustProviderType^,NativeApplicationOidcOptions,OidcOptions,PolicyReferenceName!^,SseSpecification,Tags,TrustProviderType!^,UserTrustProviderType^ CreationTime,LastUpdatedTime,VerifiedAccessTrustProviderId
AWS::EC2::Volume AutoEnableIO,AvailabilityZone,AvailabilityZoneId,Encrypted,Iops,KmsKeyId,MultiAttachEnabled,OutpostArn,Size,SnapshotId,SourceVolumeId,Tags,Throughput,VolumeInitializationRate,VolumeType VolumeId
AWS::EC2::VolumeAttachment Device^,EbsCardIndex^,InstanceId!^,VolumeId!^ 
AWS::ECR::PublicRepository RepositoryCatalogData,RepositoryName^,RepositoryPolicyText,Tags Arn
AWS::ECR::PullThroughCacheRule CredentialArn^,CustomRoleArn^,EcrRepositoryPrefix^,UpstreamRegistryUrl^,UpstreamRegistry^,UpstreamRepositoryPrefix^ 
AWS::ECR::PullTimeUpdateExclusion PrincipalArn!^ 
AWS::ECR::RegistryPolicy PolicyText! RegistryId
AWS::ECR::RegistryScanningConfiguration Rules!,ScanType! RegistryId
AWS::ECR::ReplicationConfiguration ReplicationConfiguration! RegistryId
AWS::ECR::Repository EmptyOnDelete,EncryptionConfiguration^,ImageScanningConfiguration,ImageTagMutability,ImageTagMutabilityExclusionFilters,LifecyclePolicy,RepositoryName^,RepositoryPolicyText,Tags Arn,RepositoryUri
AWS::ECR::RepositoryCreationTemplate AppliedFor!,CustomRoleArn,Description,EncryptionConfiguration,ImageTagMutability,ImageTagMutabilityExclusionFilters,LifecyclePolicy,Prefix!^,RepositoryPolicy,ResourceTags CreatedAt,UpdatedAt
AWS::ECR::SigningConfiguration Rules! RegistryId
AWS::ECS::CapacityProvider AutoScalingGroupProvider,ClusterName^,ManagedInstancesProvider,Name^,Tags 
AWS::ECS::Cluster CapacityProviders,ClusterName^,ClusterSettings,Configuration,DefaultCapacityProviderStrategy,ServiceConnectDefaults,Tags Arn
AWS::ECS::ClusterCapacityProviderAssociations CapacityProviders,Cluster!^,DefaultCapacityProviderStrategy! 
AWS::ECS::Daemon CapacityProviderArns,ClusterArn^,Critical,DaemonName^,DaemonTaskDefinitionArn,DeploymentConfiguration,EnableECSManagedTags,EnableExecuteCommand,PropagateTags,Tags CreatedAt,DaemonArn,DaemonStatus,DeploymentArn,UpdatedAt
AWS::ECS::DaemonTaskDefinition ContainerDefinitions^,Cpu^,ExecutionRoleArn^,Family^,IpcMode^,Memory^,PidMode^,Tags,TaskRoleArn^,Volumes^ DaemonTaskDefinitionArn
AWS::ECS::ExpressGatewayService Cluster^,Cpu,ExecutionRoleArn,HealthCheckPath,InfrastructureRoleArn!^,Memory,NetworkConfiguration,PrimaryContainer,ScalingTarget,ServiceName^,Tags^,TaskDefinitionArn,TaskRoleArn ActiveConfigurations,CreatedAt,ECSManagedResourceArns,ECSManagedResourceArns.AutoScaling,ECSManagedResourceArns.IngressPath,ECSManagedResourceArns.LogGroups,ECSManagedResourceArns.MetricAlarms,ECSManagedResourceArns.ServiceSecurityGroups,Endpoint,ServiceArn,Status,UpdatedAt
AWS::ECS::PrimaryTaskSet Cluster!^,Service!^,TaskSetId! 
AWS::ECS::Service AvailabilityZoneRebalancing,CapacityProviderStrategy,Cluster^,DeploymentConfiguration,DeploymentController^,DesiredCount,EnableECSManagedTags,EnableExecuteCommand,ForceNewDeployment,HealthCheckGracePeriodSeconds,LaunchType^,LoadBalancers,Monitoring,NetworkConfiguration,PlacementConstraints,PlacementStrategies,PlatformVersion,PropagateTags,Role^,SchedulingStrategy^,ServiceConnectConfiguration,ServiceName^,ServiceRegistries,Tags,TaskDefinition,VolumeConfigurations,VpcLatticeConfigurations Name,ServiceArn
AWS::ECS::TaskDefinition ContainerDefinitions^,Cpu^,EnableFaultInjection^,EphemeralStorage^,ExecutionRoleArn^,Family^,InferenceAccelerators^,IpcMode^,Memory^,NetworkMode^,PidMode^,PlacementConstraints^,ProxyConfiguration^,RequiresCompatibilities^,RuntimePlatform^,Tags,TaskRoleArn^,Volumes^ TaskDefinitionArn
AWS::ECS::TaskSet CapacityProviderStrategy^,Cluster!^,ExternalId^,LaunchType^,LoadBalancers^,NetworkConfiguration^,PlatformVersion^,Scale,Service!^,ServiceRegistries^,Tags,TaskDefinition!^ Id
AWS::EFS::AccessPoint AccessPointTags,ClientToken^,FileSystemId!^,PosixUser^,RootDirectory^ AccessPointId,Arn
AWS::EFS::FileSystem AvailabilityZoneName^,BackupPolicy,BypassPolicyLockoutSafetyCheck,Encrypted^,FileSystemPolicy,FileSystemProtection,FileSystemTags,KmsKeyId^,LifecyclePolicies,PerformanceMode^,ProvisionedThroughputInMibps,ReplicationConfiguration,ThroughputMode Arn,FileSystemId
AWS::EFS::MountTarget FileSystemId!^,IpAddressType^,IpAddress^,Ipv6Address^,SecurityGroups!,SubnetId!^ Id,IpAddress
AWS::EKS::AccessEntry AccessPolicies,ClusterName!^,KubernetesGroups,PrincipalArn!^,Tags,Type^,Username AccessEntryArn
AWS::EKS::Addon AddonName!^,AddonVersion,ClusterName!^,ConfigurationValues,NamespaceConfig^,PodIdentityAssociations,PreserveOnDelete,ResolveConflicts,ServiceAccountRoleArn,Tags Arn
AWS::EKS::Capability CapabilityName!^,ClusterName!^,Configuration,DeletePropagationPolicy!,RoleArn!,Tags,Type!^ Arn,Configuration.ArgoCd,CreatedAt,ModifiedAt,Status,Version
AWS::EKS::CertificateAuthority ClusterName!^ ActivatedAt,ActivatedBy,CreatedAt,CreatedBy,Data,DistributionStatus,Id,RollbackAvailable,ScheduledEvents,ScheduledEvents.FinalAutoActivation,ScheduledEvents.FirstAutoActivation,SigningStatus,Validity,Validity.NotAfter,Validity.NotBefore
AWS::EKS::Cluster AccessConfig,ActiveCertificateAuthorityId,BootstrapSelfManagedAddons^,CertificateAuthority,ComputeConfig,ControlPlaneScalingConfig,DeletionProtection,EncryptionConfig^,Force,KubeApiServerConfig,KubeControllerManagerConfig,KubeSchedulerConfig,KubernetesNetworkConfig^,Logging,Name^,OutpostConfig^,RemoteNetworkConfig,ResourcesVpcConfig!,RoleArn!^,RollbackConfig,StorageConfig,Tags,UpgradePolicy,Version,ZonalShiftConfig Arn,CertificateAuthority.Active,CertificateAuthority.Data,CertificateAuthorityData,ClusterSecurityGroupId,EncryptionConfigKeyArn,Endpoint,Id,KubernetesNetworkConfig.ServiceIpv6Cidr,OpenIdConnectIssuerUrl
AWS::EKS::FargateProfile ClusterName!^,FargateProfileName^,PodExecutionRoleArn!^,Selectors!^,Subnets^,Tags Arn
AWS::EKS::IdentityProviderConfig ClusterName!^,IdentityProviderConfigName^,Oidc^,Tags,Type!^ IdentityProviderConfigArn
AWS::EKS::Nodegroup AmiType^,CapacityType^,ClusterName!^,DiskSize^,ForceUpdateEnabled,InstanceTypes^,Labels,LaunchTemplate,NodeRepairConfig,NodeRole!^,NodegroupName^,ReleaseVersion,RemoteAccess^,ScalingConfig,Subnets!^,Tags,Taints,UpdateConfig,Version,WarmPoolConfig Arn,ClusterName,Id,NodegroupName
AWS::EKS::PodIdentityAssociation ClusterName!^,DisableSessionTags,Namespace!^,Policy,RoleArn!,ServiceAccount!^,Tags,TargetRoleArn AssociationArn,AssociationId,ExternalId
AWS::EMR::Cluster AdditionalInfo^,Applications^,AutoScalingRole^,AutoTerminationPolicy,BootstrapActions^,Configurations^,CustomAmiId^,EbsRootVolumeIops^,EbsRootVolumeSize^,EbsRootVolumeThroughput^,Instances!?,JobFlowRole!^,KerberosAttributes^,LogEncryptionKmsKeyId^,LogUri^,ManagedScalingPolicy,Name!^,OSReleaseLabel^,PlacementGroupConfigs^,ReleaseLabel^,ScaleDownBehavior^,SecurityConfiguration^,ServiceRole!^,StepConcurrencyLevel,Steps^,Tags,VisibleToAllUsers Id,MasterPublicDNS
AWS::EMR::InstanceFleetConfig ClusterId!^,InstanceFleetType!^,InstanceTypeConfigs^,LaunchSpecifications^,Name^,ResizeSpecifications,TargetOnDemandCapacity,TargetSpotCapacity Id
AWS::EMR::InstanceGroupConfig AutoScalingPolicy,BidPrice^,Configurations^,CustomAmiId^,EbsConfiguration^,InstanceCount!,InstanceRole!^,InstanceType!^,JobFlowId!^,Market^,Name^ InstanceGroupId
AWS::EMR::SecurityConfiguration Name^,SecurityConfiguration!^ 
AWS::EMR::Step ActionOnFailure!^,EncryptionKeyArn^,HadoopJarStep!^,JobFlowId!^,LogUri^,Name!^ Id
AWS::EMR::Studio AuthMode!^,DefaultS3Location!,Description,EncryptionKeyArn^,EngineSecurityGroupId!^,IdcInstanceArn^,IdcUserAssignment^,IdpAuthUrl,IdpRelayStateParameterName,Name!,ServiceRole!^,SubnetIds!,Tags,TrustedIdentityPropagationEnabled^,UserRole^,VpcId!^,WorkspaceSecurityGroupId!^ Arn,StudioId,Url
AWS::EMR::StudioSessionMapping IdentityName!^,IdentityType!^,SessionPolicyArn!,StudioId!^ 
AWS::EMR::WALWorkspace Tags,WALWorkspaceName^ 
AWS::EMRContainers::Endpoint ConfigurationOverrides^,ExecutionRoleArn!^,Name^,ReleaseLabel!^,SessionIdleTimeoutInMinutes^,Tags,Type!^,VirtualClusterId!^ Arn,AuthProxyUrl,CertificateAuthority,CreatedAt,FailureReason,Id,SecurityGroup,ServerUrl,State,StateDetails
AWS::EMRContainers::JobTemplate JobTemplateData!^,Name!^,Tags^ Arn,CreatedAt,CreatedBy,Id
AWS::EMRContainers::SecurityConfiguration ContainerProvider^,Name^,SecurityConfigurationData!^,Tags Arn,Id
AWS::EMRContainers::VirtualCluster ContainerProvider!^,Name!^,SecurityConfigurationId^,SessionEnabled^,Tags Arn,Id
AWS::EMRServerless::Application Architecture?,AutoStartConfiguration?,AutoStopConfiguration?,IdentityCenterConfiguration,ImageConfiguration?,InitialCapacity?,InteractiveConfiguration,MaximumCapacity?,MonitoringConfiguration,Name^,NetworkConfiguration?,ReleaseLabel!?,RuntimeConfiguration,SchedulerConfiguration,Tags,Type!^,WorkerTypeSpecifications? ApplicationId,Arn
AWS::EVS::Environment ConnectivityInfo^,EnvironmentName^,Hosts,InitialVlans,KmsKeyId^,LicenseInfo^,ServiceAccessSecurityGroups^,ServiceAccessSubnetId!^,SiteId^,Tags,TermsAccepted!^,VcfHostnames^,VcfVersion!^,VpcId!^ Checks,CreatedAt,Credentials,EnvironmentArn,EnvironmentId,EnvironmentState,ModifiedAt,StateDetails
AWS::ElastiCache::CacheCluster AZMode?,AutoMinorVersionUpgrade,CacheNodeType!,CacheParameterGroupName,CacheSecurityGroupNames,CacheSubnetGroupName^,ClusterName^,Engine!^,EngineVersion,IpDiscovery,LogDeliveryConfigurations,NetworkType^,NotificationTopicArn,NumCacheNodes!?,Port^,PreferredAvailabilityZone?,PreferredAvailabilityZones?,PreferredMaintenanceWindow,SnapshotArns^,SnapshotName^,SnapshotRetentionLimit,SnapshotWindow,Tags,TransitEncryptionEnabled,VpcSecurityGroupIds ConfigurationEndpoint,ConfigurationEndpoint.Address,ConfigurationEndpoint.Port,RedisEndpoint,RedisEndpoint.Address,RedisEndpoint.Port
AWS::ElastiCache::GlobalReplicationGroup AutomaticFailoverEnabled,CacheNodeType,CacheParameterGroupName,Engine,EngineVersion,GlobalNodeGroupCount,GlobalReplicationGroupDescription,GlobalReplicationGroupIdSuffix,Members!,RegionalConfigurations,Tags Arn,GlobalReplicationGroupId,Status
AWS::ElastiCache::ParameterGroup CacheParameterGroupFamily!^,Description!,Properties,Tags CacheParameterGroupName
AWS::ElastiCache::ReplicationGroup AtRestEncryptionEnabled^,AuthToken?,AutoMinorVersionUpgrade,AutomaticFailoverEnabled,CacheNodeType,CacheParameterGroupName,CacheSecurityGroupNames,CacheSubnetGroupName^,ClusterMode,DataTieringEnabled^,Durability,EngineVersion,Engine^,GlobalReplicationGroupId^,IpDiscovery,KmsKeyId^,LogDeliveryConfigurations,MultiAZEnabled,NetworkType^,NodeGroupConfiguration?,NotificationTopicArn,NumCacheClusters,NumNodeGroups?,Port^,PreferredCacheClusterAZs^,PreferredMaintenanceWindow,PrimaryClusterId,ReplicasPerNodeGroup^,ReplicationGroupDescription!,ReplicationGroupId^,SecurityGroupIds,SnapshotArns^,SnapshotName^,SnapshotRetentionLimit,SnapshotWindow,SnapshottingClusterId,Tags,TransitEncryptionEnabled,TransitEncryptionMode,UserGroupIds ConfigurationEndPoint,ConfigurationEndPoint.Address,ConfigurationEndPoint.Port,EffectiveDurability,PrimaryEndPoint,PrimaryEndPoint.Address,PrimaryEndPoint.Port,ReadEndPoint,ReadEndPoint.Addresses,ReadEndPoint.AddressesList,ReadEndPoint.Ports,ReadEndPoint.PortsList,ReaderEndPoint,ReaderEndPoint.Address,ReaderEndPoint.Port
AWS::ElastiCache::SecurityGroup Description!,Tags Id
AWS::ElastiCache::SecurityGroupIngress CacheSecurityGroupName!,EC2SecurityGroupName!,EC2SecurityGroupOwnerId Id
AWS::ElastiCache::ServerlessCache CacheUsageLimits,DailySnapshotTime,Description,Endpoint,Engine!,FinalSnapshotName,KmsKeyId^,MajorEngineVersion,NetworkType^,ReaderEndpoint,SecurityGroupIds,ServerlessCacheName!^,SnapshotArnsToRestore^,SnapshotRetentionLimit,SubnetIds^,Tags,UserGroupId ARN,CreateTime,Endpoint.Address,Endpoint.Port,FullEngineVersion,ReaderEndpoint.Address,ReaderEndpoint.Port,Status
AWS::ElastiCache::ServerlessCacheSnapshot KmsKeyId^,ServerlessCacheName!^,ServerlessCacheSnapshotName!^,Tags ARN,BytesUsedForCache,CreateTime,ServerlessCacheConfiguration,SnapshotType,Status
AWS::ElastiCache::SubnetGroup CacheSubnetGroupName^,Description!,SubnetIds!,Tags 
AWS::ElastiCache::User AccessString,AuthenticationMode,Engine!^,NoPasswordRequired,Passwords,Tags,UserId!^,UserName!^ Arn,Status
AWS::ElastiCache::UserGroup Engine!^,Tags,UserGroupId!^,UserIds! Arn,Status
AWS::ElasticBeanstalk::Application ApplicationName^,Description,ResourceLifecycleConfig 
AWS::ElasticBeanstalk::ApplicationVersion ApplicationName!^,BuildConfiguration^,Description,ImageConfiguration^,Process^,SourceBundle^ Id
AWS::ElasticBeanstalk::ConfigurationTemplate ApplicationName!^,Description,EnvironmentId^,OptionSettings,PlatformArn^,SolutionStackName^,SourceConfiguration^ TemplateName
AWS::ElasticBeanstalk::Environment ApplicationName!^,CNAMEPrefix^,Description,EnvironmentName^,OperationsRole,OptionSettings,PlatformArn,SolutionStackName^,Tags,TemplateName,Tier,VersionLabel EndpointURL
AWS::ElasticLoadBalancing::LoadBalancer AccessLoggingPolicy,AppCookieStickinessPolicy,AvailabilityZones?,ConnectionDrainingPolicy,ConnectionSettings,CrossZone,HealthCheck?,Instances,LBCookieStickinessPolicy,Listeners!,LoadBalancerName^,Policies,Scheme^,SecurityGroups,Subnets?,Tags CanonicalHostedZoneName,CanonicalHostedZoneNameID,DNSName,SourceSecurityGroup,SourceSecurityGroup.GroupName,SourceSecurityGroup.OwnerAlias
AWS::ElasticLoadBalancingV2::Listener AlpnPolicy,Certificates,DefaultActions!,ListenerAttributes,LoadBalancerArn!^,MutualAuthentication,Port,Protocol,SslPolicy,Tags ListenerArn
AWS::ElasticLoadBalancingV2::ListenerCertificate Certificates!,ListenerArn!^ Id
AWS::ElasticLoadBalancingV2::ListenerRule Actions!,Conditions!,ListenerArn^,Priority!,Tags,Transforms IsDefault,RuleArn
AWS::ElasticLoadBalancingV2::LoadBalancer EnableCapacityReservationProvisionStabilize,EnablePrefixForIpv6SourceNat,EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic,IpAddressType,Ipv4IpamPoolId,LoadBalancerAttributes,MinimumLoadBalancerCapacity,Name^,Scheme^,SecurityGroups,SubnetMappings,Subnets,Tags,Type^ CanonicalHostedZoneID,DNSName,LoadBalancerArn,LoadBalancerFullName,LoadBalancerName,SecurityGroups
AWS::ElasticLoadBalancingV2::TargetGroup HealthCheckEnabled,HealthCheckIntervalSeconds,HealthCheckPath,HealthCheckPort,HealthCheckProtocol,HealthCheckTimeoutSeconds,HealthyThresholdCount,IpAddressType^,Matcher,Name^,Port^,ProtocolVersion^,Protocol^,Tags,TargetControlPort,TargetGroupAttributes,TargetType^,Targets,UnhealthyThresholdCount,VpcId^ LoadBalancerArns,TargetGroupArn,TargetGroupFullName,TargetGroupName
AWS::ElasticLoadBalancingV2::TrustStore CaCertificatesBundleS3Bucket,CaCertificatesBundleS3Key,CaCertificatesBundleS3ObjectVersion,Name^,Tags NumberOfCaCertificates,Status,TrustStoreArn
AWS::ElasticLoadBalancingV2::TrustStoreRevocation RevocationContents^,TrustStoreArn^ RevocationId,TrustStoreRevocations
AWS::Elasticsearch::Domain AccessPolicies,AdvancedOptions,AdvancedSecurityOptions?,CognitoOptions,DomainArn,DomainEndpointOptions,DomainName^,EBSOptions,ElasticsearchClusterConfig,ElasticsearchVersion?,EncryptionAtRestOptions?,LogPublishingOptions,NodeToNodeEncryptionOptions?,SnapshotOptions,Tags,VPCOptions Arn,DomainEndpoint,Id
AWS::ElementalInference::Dictionary Entries,Language!,Name!,Tags Arn,Id
AWS::ElementalInference::Feed AccessRoleArn,Name!,Outputs!,Tags Arn,DataEndpoints,Id
AWS::EntityResolution::IdMappingWorkflow Description,IdMappingIncrementalRunConfig,IdMappingTechniques!,InputSourceConfig!,OutputSourceConfig,RoleArn!,Tags,WorkflowName!^ CreatedAt,UpdatedAt,WorkflowArn
AWS::EntityResolution::IdNamespace Description,IdMappingWorkflowProperties,IdNamespaceName!^,InputSourceConfig,RoleArn,Tags,Type! CreatedAt,IdNamespaceArn,UpdatedAt
AWS::EntityResolution::MatchingWorkflow Description,IncrementalRunConfig,InputSourceConfig!,OutputSourceConfig!,ResolutionTechniques!,RoleArn!,Tags,WorkflowName!^ CreatedAt,UpdatedAt,WorkflowArn
AWS::EntityResolution::PolicyStatement Action,Arn!^,Condition,Effect,Principal,StatementId!^ 
AWS::EntityResolution::SchemaMapping Description^,MappedInputFields!^,SchemaName!^,Tags CreatedAt,HasWorkflows,SchemaArn,UpdatedAt
AWS::EventSchemas::Discoverer CrossAccount,Description,SourceArn!^,Tags CrossAccount,DiscovererArn,DiscovererId,State
AWS::EventSchemas::Registry Description,RegistryName^,Tags RegistryArn,RegistryName
AWS::EventSchemas::RegistryPolicy Policy!,RegistryName!,RevisionId Id
AWS::EventSchemas::Schema Content!,Description,RegistryName!^,SchemaName^,Tags,Type! LastModified,SchemaArn,SchemaName,SchemaVersion,VersionCreatedDate
AWS::Events::ApiDestination ConnectionArn!,Description,HttpMethod!,InvocationEndpoint!,InvocationRateLimitPerSecond,Name^ Arn,ArnForPolicy
AWS::Events::Archive ArchiveName^,Description,EventPattern,KmsKeyIdentifier,RetentionDays,SourceArn!^ Arn
AWS::Events::Connection AuthParameters,AuthorizationType,Description,InvocationConnectivityParameters,KmsKeyIdentifier,Name^ Arn,ArnForPolicy,AuthParameters.ConnectivityParameters,InvocationConnectivityParameters.ResourceParameters,SecretArn
AWS::Events::Endpoint Description,EventBuses!,Name^,ReplicationConfig,RoleArn,RoutingConfig! Arn,EndpointId,EndpointUrl,State,StateReason
AWS::Events::EventBus DeadLetterConfig,Description,EventSourceName^,KmsKeyIdentifier,LogConfig,Name!^,Policy,Tags Arn,Name,Policy
AWS::Events::EventBusPolicy Action,Condition,EventBusName^,Principal,Statement,StatementId!^ 
AWS::Events::Rule Description,EventBusName^,EventPattern,Name^,RoleArn,ScheduleExpression,State,Tags,Targets Arn,RuleName
AWS::EventsV2::EventBus Description,EncryptionConfiguration,Name!^,StorageConfiguration,Tags CreationTime,EventBusArn,LastModifiedTime,State
AWS::EventsV2::EventSource Configuration!,Description,EventBusArn!^,Name!^,Tags CreationTime,EventSourceArn,LastModifiedTime,Revoked,State
AWS::EventsV2::ResourcePolicy EventBusArn!^,PolicyDocument! RevisionId
AWS::EventsV2::Subscriber BatchConfiguration,Description,EventBusArn!^,FilterConfiguration,LogConfiguration,Name!^,OnFailureConfiguration,PointInTimeConfiguration^,ResumePosition,RetryPolicy,StartingPosition^,State,Tags,Transformer,Type^ BusName,CreationTime,LastModifiedTime,SubscriberArn
AWS::Evidently::Experiment Description,MetricGoals!,Name!^,OnlineAbConfig!,Project!^,RandomizationSalt,RemoveSegment,RunningStatus,SamplingRate,Segment,Tags,Treatments! Arn
AWS::Evidently::Feature DefaultVariation,Description,EntityOverrides,EvaluationStrategy,Name!^,Project!^,Tags,Variations! Arn
AWS::Evidently::Launch Description,ExecutionStatus,Groups!,MetricMonitors,Name!^,Project!^,RandomizationSalt,ScheduledSplitsConfig!,Tags Arn
AWS::Evidently::Project AppConfigResource,DataDelivery,Description,Name!^,Tags Arn
AWS::Evidently::Segment Description,Name!,Pattern,Tags Arn
AWS::FIS::ExperimentTemplate Actions,Description!,ExperimentOptions,ExperimentReportConfiguration,LogConfiguration,RoleArn!,StopConditions!,Tags^,Targets! Id
AWS::FIS::TargetAccountConfiguration AccountId!^,Description,ExperimentTemplateId!^,RoleArn! 
AWS::FMS::ApplicationsList AppsList!,ListName!,Tags Arn,CreateTime,LastUpdateTime,ListId
AWS::FMS::NotificationChannel SnsRoleName!,SnsTopicArn!^ 
AWS::FMS::Policy DeleteAllPolicyResources,ExcludeMap,ExcludeResourceTags!,IncludeMap,PolicyDescription,PolicyName!,RemediationEnabled!,ResourceSetIds,ResourceTagLogicalOperator,ResourceTags,ResourceType,ResourceTypeList,ResourcesCleanUp,SecurityServicePolicyData!,Tags Arn,Id
AWS::FMS::ProtocolsList ListName!,ProtocolsList!,Tags Arn,CreateTime,LastUpdateTime,ListId
AWS::FMS::ResourceSet Description,Name!,ResourceTypeList!,Resources,Tags Id
AWS::FSx::Backup FileSystemId!^,Tags BackupId,CreationTime,Lifecycle,ResourceARN,Type
AWS::FSx::DataRepositoryAssociation BatchImportMetaDataOnCreate^,DataRepositoryPath!^,FileSystemId!^,FileSystemPath!^,ImportedFileChunkSize,S3,Tags AssociationId,ResourceARN
AWS::FSx::FileCache CopyTagsToDataRepositoryAssociations^,DataRepositoryAssociations^,FileCacheType!^,FileCacheTypeVersion!^,KmsKeyId^,LustreConfiguration,SecurityGroupIds^,StorageCapacity!^,SubnetIds!^,Tags CreationTime,DNSName,DataRepositoryAssociationIds,FileCacheId,Lifecycle,LustreConfiguration.LogConfiguration,LustreConfiguration.MountName,NetworkInterfaceIds,OwnerId,ResourceARN,VpcId
AWS::FSx::FileSystem BackupId^,FileSystemType!^,FileSystemTypeVersion^,KmsKeyId^,LustreConfiguration,NetworkType,OntapConfiguration,OpenZFSConfiguration,SecurityGroupIds^,StorageCapacity,StorageType,SubnetIds!^,Tags,WindowsConfiguration DNSName,Id,LustreMountName,ResourceARN,RootVolumeId
AWS::FSx::S3AccessPointAttachment Name!^,OntapConfiguration^,OpenZFSConfiguration^,S3AccessPoint^,Type!^ Lifecycle,S3AccessPoint.Alias,S3AccessPoint.ResourceARN
AWS::FSx::Snapshot Name!,Tags,VolumeId!^ Id,ResourceARN
AWS::FSx::StorageVirtualMachine ActiveDirectoryConfiguration,FileSystemId!^,Name!^,RootVolumeSecurityStyle^,SvmAdminPassword,Tags ResourceARN,StorageVirtualMachineId,UUID
AWS::FSx::Volume BackupId^,Name!,OntapConfiguration,OpenZFSConfiguration,Tags,VolumeType^ ResourceARN,UUID,VolumeId
AWS::FinSpace::Environment DataBundles^,Description,FederationMode,FederationParameters^,KmsKeyId^,Name!,SuperuserParameters^,Tags^ AwsAccountId,DedicatedServiceAccountId,EnvironmentArn,EnvironmentId,EnvironmentUrl,SageMakerStudioDomainUrl,Status
AWS::Forecast::Dataset DataFrequency,DatasetName!^,DatasetType!,Domain!,EncryptionConfig,Schema!,Tags Arn
AWS::Forecast::DatasetGroup DatasetArns,DatasetGroupName!^,Domain!,Tags DatasetGroupArn
AWS::FraudDetector::Detector AssociatedModels,Description,DetectorId!^,DetectorVersionStatus,EventType!,RuleExecutionMode,Rules!,Tags Arn,CreatedTime,DetectorVersionId,EventType.Arn,EventType.CreatedTime,EventType.LastUpdatedTime,LastUpdatedTime
AWS::FraudDetector::EntityType Description,Name!^,Tags Arn,CreatedTime,LastUpdatedTime
AWS::FraudDetector::EventType Description,EntityTypes!,EventVariables!,Labels!,Name!^,Tags Arn,CreatedTime,LastUpdatedTime
AWS::FraudDetector::Label Description,Name!^,Tags Arn,CreatedTime,LastUpdatedTime
AWS::FraudDetector::List Description,Elements,Name!^,Tags,VariableType Arn,CreatedTime,LastUpdatedTime
AWS::FraudDetector::Outcome Description,Name!^,Tags Arn,CreatedTime,LastUpdatedTime
AWS::FraudDetector::Variable DataSource!,DataType!,DefaultValue!,Description,Name!^,Tags,VariableType Arn,CreatedTime,LastUpdatedTime
AWS::GameLift::Alias Description,Name!,RoutingStrategy!,Tags AliasArn,AliasId
AWS::GameLift::Build Name,OperatingSystem^,ServerSdkVersion^,StorageLocation^,Tags,Version BuildArn,BuildId
AWS::GameLift::ContainerFleet BillingType^,DeploymentConfiguration,Description,FleetRoleArn!,GameServerContainerGroupDefinitionName,GameServerContainerGroupsPerInstance,GameSessionCreationLimitPolicy,InstanceConnectionPortRange,InstanceInboundPermissions,InstanceType^,Locations,LogConfiguration,MetricGroups,NewGameSessionProtectionPolicy,PerInstanceContainerGroupDefinitionName,PlayerGatewayMode^,ScalingPolicies,Tags CreationTime,DeploymentDetails,FleetArn,FleetId,GameServerContainerGroupDefinitionArn,MaximumGameServerContainerGroupsPerInstance,PerInstanceContainerGroupDefinitionArn,Status
AWS::GameLift::ContainerGroupDefinition ContainerGroupType^,GameServerContainerDefinition,Name!^,OperatingSystem!,SourceVersionNumber,SupportContainerDefinitions,Tags,TotalMemoryLimitMebibytes!,TotalVcpuLimit!,VersionDescription ContainerGroupDefinitionArn,CreationTime,Status,StatusReason,VersionNumber
AWS::GameLift::Fleet AnywhereConfiguration,ApplyCapacity,BuildId^,CertificateConfiguration^,ComputeType^,Description,DesiredEC2Instances,EC2InboundPermissions,EC2InstanceType^,FleetType^,InstanceRoleARN^,InstanceRoleCredentialsProvider^,Locations,LogPaths^,MaxSize,MetricGroups,MinSize,Name!,NewGameSessionProtectionPolicy,PeerVpcAwsAccountId^,PeerVpcId^,PlayerGatewayConfiguration^,PlayerGatewayMode^,ResourceCreationLimitPolicy,RuntimeConfiguration,ScalingPolicies,ScriptId^,ServerLaunchParameters^,ServerLaunchPath^,Tags FleetArn,FleetId
AWS::GameLift::GameServerGroup AutoScalingPolicy,BalancingStrategy,DeleteOption,GameServerGroupName!,GameServerProtectionPolicy,InstanceDefinitions!,LaunchTemplate,MaxSize,MinSize,RoleArn!,Tags,VpcSubnets AutoScalingGroupArn,GameServerGroupArn
AWS::GameLift::GameSessionQueue CustomEventData,Destinations,FilterConfiguration,Name!^,NotificationTarget,PlayerLatencyPolicies,PriorityConfiguration,Tags,TimeoutInSeconds Arn,Name
AWS::GameLift::Location LocationName!^,Tags LocationArn
AWS::GameLift::MatchmakingConfiguration AcceptanceRequired!,AcceptanceTimeoutSeconds,AdditionalPlayerCount,BackfillMode,CreationTime,CustomEventData,Description,FlexMatchMode,GameProperties,GameSessionData,GameSessionQueueArns,Name!^,NotificationTarget,RequestTimeoutSeconds!,RuleSetArn,RuleSetName!,Tags Arn,Name
AWS::GameLift::MatchmakingRuleSet Name!^,RuleSetBody!^,Tags Arn,CreationTime,Name
AWS::GameLift::Script Name,NodeJsVersion^,StorageLocation!,Tags,Version Arn,CreationTime,Id,SizeOnDisk
AWS::GameLiftStreams::Application ApplicationLogOutputUri,ApplicationLogPaths,ApplicationSourceUri!^,Description!,ExecutablePath!^,RuntimeEnvironment!^,Tags Arn,Id
AWS::GameLiftStreams::StreamGroup DefaultApplication,Description!,LocationConfigurations!,StreamClass!^,Tags Arn,Id
AWS::GlobalAccelerator::Accelerator Enabled,FlowLogsEnabled,FlowLogsS3Bucket,FlowLogsS3Prefix,IpAddressType,IpAddresses,Name!,Tags AcceleratorArn,DnsName,DualStackDnsName,Ipv4Addresses,Ipv6Addresses
AWS::GlobalAccelerator::CrossAccountAttachment Name!,Principals,Resources,Tags AttachmentArn
AWS::GlobalAccelerator::EndpointGroup EndpointConfigurations,EndpointGroupRegion!^,HealthCheckIntervalSeconds,HealthCheckPath,HealthCheckPort,HealthCheckProtocol,ListenerArn!^,PortOverrides,ThresholdCount,TrafficDialPercentage EndpointGroupArn
AWS::GlobalAccelerator::Listener AcceleratorArn!^,ClientAffinity,PortRanges!,Protocol! ListenerArn
AWS::Glue::Blueprint BlueprintLocation!,Description,Name!^,Tags Arn,CreatedOn,LastModifiedOn,ParameterSpec,Status
AWS::Glue::Catalog AllowFullTableExternalDataAccess,CatalogProperties,CreateDatabaseDefaultPermissions,CreateTableDefaultPermissions,Description,FederatedCatalog,Name!^,OverwriteChildResourcePermissionsWithDefault,Parameters,Tags,TargetRedshiftCatalog CatalogId,CatalogProperties.CustomProperties,CatalogProperties.DataLakeAccessProperties,CreateTime,ResourceArn,UpdateTime
AWS::Glue::Classifier CsvClassifier,GrokClassifier,JsonClassifier,XMLClassifier Name
AWS::Glue::Connection CatalogId!^,ConnectionInput!,Tags Name
AWS::Glue::ConnectionType ConnectionProperties^,ConnectionType!^,ConnectorAuthenticationConfiguration^,Description^,IntegrationType^,RestConfiguration!^,Tags ConnectionTypeArn
AWS::Glue::Crawler Classifiers,Configuration,CrawlerSecurityConfiguration,DatabaseName,Description,LakeFormationConfiguration,Name^,RecrawlPolicy,Role!,Schedule,SchemaChangePolicy,TablePrefix,Tags,Targets! 
AWS::Glue::CustomEntityType ContextWords,Name^,RegexString,Tags 
AWS::Glue::DataCatalogEncryptionSettings CatalogId!^,DataCatalogEncryptionSettings! 
AWS::Glue::DataQualityRuleset ClientToken,Description,Name!^,Ruleset,Tags,TargetTable 
AWS::Glue::Database CatalogId!^,DatabaseInput!,DatabaseName^ 
AWS::Glue::DevEndpoint Arguments,EndpointName^,ExtraJarsS3Path,ExtraPythonLibsS3Path,GlueVersion,NumberOfNodes,NumberOfWorkers,PublicKey,PublicKeys,RoleArn!,SecurityConfiguration,SecurityGroupIds,SubnetId,Tags,WorkerType Id
AWS::Glue::IdentityCenterConfiguration InstanceArn!^,Scopes,UserBackgroundSessionsEnabled AccountId,ApplicationArn
AWS::Glue::Integration AdditionalEncryptionContext^,DataFilter,Description,IntegrationConfig^,IntegrationName!^,KmsKeyId^,SourceArn!^,Tags,TargetArn!^ CreateTime,IntegrationArn,Status
AWS::Glue::IntegrationResourceProperty ResourceArn!^,SourceProcessingProperties,Tags,TargetProcessingProperties ResourcePropertyArn
AWS::Glue::Job AllocatedCapacity,Command!,Connections,DefaultArguments,Description,ExecutionClass,ExecutionProperty,GlueVersion,JobMode,JobRunQueuingEnabled,LogUri,MaintenanceWindow,MaxCapacity,MaxRetries,Name^,NonOverridableArguments,NotificationProperty,NumberOfWorkers,Role!,SecurityConfiguration,Tags,Timeout,WorkerType 
AWS::Glue::MLTransform Description,GlueVersion,InputRecordTables!^,MaxCapacity,MaxRetries,Name,NumberOfWorkers,Role!,Tags,Timeout,TransformEncryption^,TransformParameters!,WorkerType TransformId
AWS::Glue::Partition CatalogId!^,DatabaseName!^,PartitionInput!,TableName!^ IdentifierPartitionInputValues
AWS::Glue::Registry Description,Name!^,Tags Arn
AWS::Glue::Schema CheckpointVersion,Compatibility!,DataFormat!^,Description,Name!^,Registry^,SchemaDefinition^,Tags Arn,InitialSchemaVersionId
AWS::Glue::SchemaVersion Schema!^,SchemaDefinition!^ VersionId
AWS::Glue::SchemaVersionMetadata Key!^,SchemaVersionId!^,Value!^ 
AWS::Glue::SecurityConfiguration EncryptionConfiguration!,Name!^ 
AWS::Glue::Session Command!^,Connections^,DefaultArguments^,Description^,GlueVersion^,Id!^,IdleTimeout^,MaxCapacity^,NumberOfWorkers^,RequestOrigin^,Role!^,SecurityConfiguration^,Tags,Timeout^,WorkerType^ Arn,CreatedOn,Progress,Status
AWS::Glue::Table CatalogId!^,DatabaseName!^,Name^,OpenTableFormatInput,TableInput Id
AWS::Glue::TableOptimizer CatalogId!^,DatabaseName!^,TableName!^,TableOptimizerConfiguration!,Type!^ 
AWS::Glue::Trigger Actions!,Description,EventBatchingCondition,Name^,Predicate,Schedule,StartOnCreation,Tags,Type!^,WorkflowName^ 
AWS::Glue::UsageProfile Configuration,Description,Name!^,Tags CreatedOn
AWS::Glue::UserDefinedFunction ClassName,DatabaseName!^,FunctionName!^,FunctionType^,OwnerName,OwnerType,ResourceUris Arn
AWS::Glue::Workflow DefaultRunProperties,Description,MaxConcurrentRuns,Name^,Tags 
AWS::Grafana::Workspace AccountAccessType!,AuthenticationProviders!,ClientToken^,DataSources,Description,GrafanaVersion,Name,NetworkAccessControl,NotificationDestinations,OrganizationRoleName,OrganizationalUnits,PermissionType!,PluginAdminEnabled,RoleArn,SamlConfiguration,StackSetName,Tags,VpcConfiguration CreationTimestamp,Endpoint,GrafanaVersion,Id,ModificationTimestamp,SamlConfigurationStatus,SsoClientId,Status
AWS::Greengrass::ConnectorDefinition InitialVersion^,Name!,Tags Arn,Id,LatestVersionArn,Name
AWS::Greengrass::ConnectorDefinitionVersion ConnectorDefinitionId!^,Connectors!^ Id
AWS::Greengrass::CoreDefinition InitialVersion^,Name!,Tags Arn,Id,LatestVersionArn,Name
AWS::Greengrass::CoreDefinitionVersion CoreDefinitionId!^,Cores!^ Id
AWS::Greengrass::DeviceDefinition InitialVersion^,Name!,Tags Arn,Id,LatestVersionArn,Name
AWS::Greengrass::DeviceDefinitionVersion DeviceDefinitionId!^,Devices!^ Id
AWS::Greengrass::FunctionDefinition InitialVersion^,Name!,Tags Arn,Id,LatestVersionArn,Name
AWS::Greengrass::FunctionDefinitionVersion DefaultConfig^,FunctionDefinitionId!^,Functions!^ Id
AWS::Greengrass::Group InitialVersion^,Name!,RoleArn,Tags Arn,Id,LatestVersionArn,Name,RoleArn,RoleAttachedAt
AWS::Greengrass::GroupVersion ConnectorDefinitionVersionArn^,CoreDefinitionVersionArn^,DeviceDefinitionVersionArn^,FunctionDefinitionVersionArn^,GroupId!^,LoggerDefinitionVersionArn^,ResourceDefinitionVersionArn^,SubscriptionDefinitionVersionArn^ Id
AWS::Greengrass::LoggerDefinition InitialVersion^,Name!,Tags Arn,Id,LatestVersionArn,Name
AWS::Greengrass::LoggerDefinitionVersion LoggerDefinitionId!^,Loggers!^ Id
AWS::Greengrass::ResourceDefinition InitialVersion^,Name!,Tags Arn,Id,LatestVersionArn,Name
AWS::Greengrass::ResourceDefinitionVersion ResourceDefinitionId!^,Resources!^ Id
AWS::Greengrass::SubscriptionDefinition InitialVersion^,Name!,Tags Arn,Id,LatestVersionArn,Name
AWS::Greengrass::SubscriptionDefinitionVersion SubscriptionDefinitionId!^,Subscriptions!^ Id
AWS::GreengrassV2::ComponentVersion InlineRecipe^,LambdaFunction^,Tags Arn,ComponentName,ComponentVersion
AWS::GreengrassV2::Deployment Components^,DeploymentName^,DeploymentPolicies^,IotJobConfiguration^,ParentTargetArn^,Tags,TargetArn!^ DeploymentId
AWS::GroundStation::Config ConfigData!,Name!,Tags Arn,Id,Type
AWS::GroundStation::DataflowEndpointGroup ContactPostPassDurationSeconds^,ContactPrePassDurationSeconds^,EndpointDetails!^,Tags Arn,Id
AWS::GroundStation::DataflowEndpointGroupV2 ContactPostPassDurationSeconds^,ContactPrePassDurationSeconds^,Endpoints^,Tags Arn,EndpointDetails,Id
AWS::GroundStation::MissionProfile ContactPostPassDurationSeconds,ContactPrePassDurationSeconds,DataflowEdges!,MinimumViableContactDurationSeconds!,Name!,StreamsKmsKey,StreamsKmsRole,Tags,TelemetrySinkConfigArn,TrackingConfigArn! Arn,Id,Region
AWS::GuardDuty::CustomDetectionRuleAssociation Mode!,RuleId!^,Tags AccountId,Arn,AssociationId,CreatedAt,UpdatedAt
AWS::GuardDuty::Detector DataSources,Enable!,Features,FindingPublishingFrequency,Tags Id
AWS::GuardDuty::Filter Action,Description,DetectorId!^,FindingCriteria!,Name!^,Rank,Tags 
AWS::GuardDuty::IPSet Activate,DetectorId^,ExpectedBucketOwner,Format!^,Location!,Name,Tags Id
AWS::GuardDuty::MalwareProtectionPlan Actions,ProtectedResource!,Role!,Tags Arn,CreatedAt,MalwareProtectionPlanId,Status,StatusReasons
AWS::GuardDuty::Master DetectorId!^,InvitationId^,MasterId!^ 
AWS::GuardDuty::Member DetectorId^,DisableEmailNotification,Email!^,MemberId^,Message,Status 
AWS::GuardDuty::PublishingDestination DestinationProperties!,DestinationType!,DetectorId!^,Tags Id,PublishingFailureStartTimestamp,Status
AWS::GuardDuty::ThreatEntitySet Activate,DetectorId^,ExpectedBucketOwner,Format!^,Location!,Name,Tags CreatedAt,ErrorDetails,Id,Status,UpdatedAt
AWS::GuardDuty::ThreatIntelSet Activate,DetectorId^,ExpectedBucketOwner,Format!^,Location!,Name,Tags Id
AWS::GuardDuty::TrustedEntitySet Activate,DetectorId^,ExpectedBucketOwner,Format!^,Location!,Name,Tags CreatedAt,ErrorDetails,Id,Status,UpdatedAt
AWS::HealthAgent::Domain Name!^,Tags Arn,CreatedAt,DomainId,EncryptionContext,Status
AWS::HealthImaging::Datastore DatastoreName^,KmsKeyArn^,Tags^ CreatedAt,DatastoreArn,DatastoreId,DatastoreStatus,UpdatedAt
AWS::HealthLake::DataTransformationProfile KmsKeyId^,ProfileDescription^,ProfileName!^,SourceFormat!^,Source^,Tags Arn,ProfileId,TargetFormat
AWS::HealthLake::FHIRDatastore DatastoreName^,DatastoreTypeVersion!^,IdentityProviderConfiguration^,PreloadDataConfig^,SseConfiguration^,Tags CreatedAt,CreatedAt.Nanos,CreatedAt.Seconds,DatastoreArn,DatastoreEndpoint,DatastoreId,DatastoreStatus
AWS::IAM::AccessKey Serial^,Status,UserName!^ Id,SecretAccessKey
AWS::IAM::Group GroupName^,ManagedPolicyArns,Path,Policies Arn
AWS::IAM::GroupPolicy GroupName!^,PolicyDocument,PolicyName!^ 
AWS::IAM::InstanceProfile InstanceProfileName^,Path^,Roles! Arn
AWS::IAM::ManagedPolicy Description^,Groups,ManagedPolicyName^,Path^,PolicyDocument!,Roles,Users AttachmentCount,CreateDate,DefaultVersionId,IsAttachable,PermissionsBoundaryUsageCount,PolicyArn,PolicyId,UpdateDate
AWS::IAM::OIDCProvider ClientIdList,Tags,ThumbprintList,Url^ Arn
AWS::IAM::Policy Groups,PolicyDocument!,PolicyName!,Roles,Users Id
AWS::IAM::Role AssumeRolePolicyDocument!,Description,ManagedPolicyArns,MaxSessionDuration,Path^,PermissionsBoundary,Policies,RoleName^,Tags Arn,RoleId
AWS::IAM::RolePolicy PolicyDocument,PolicyName!^,RoleName!^ 
AWS::IAM::SAMLProvider AddPrivateKey^,AssertionEncryptionMode,Name^,PrivateKeyList,RemovePrivateKey^,SamlMetadataDocument,Tags Arn,SamlProviderUUID
AWS::IAM::ServerCertificate CertificateBody^,CertificateChain^,Path,PrivateKey^,ServerCertificateName^,Tags Arn
AWS::IAM::ServiceLinkedRole AWSServiceName^,CustomSuffix^,Description RoleName
AWS::IAM::User Groups,LoginProfile,ManagedPolicyArns,Path,PermissionsBoundary,Policies,Tags,UserName^ Arn
AWS::IAM::UserPolicy PolicyDocument,PolicyName!^,UserName!^ 
AWS::IAM::UserToGroupAddition GroupName!,Users! Id
AWS::IAM::VirtualMFADevice Path^,Tags,Users!,VirtualMfaDeviceName^ SerialNumber
AWS::IVS::Channel Authorized,ContainerFormat,InsecureIngest,LatencyMode,MultitrackInputConfiguration,Name,Preset,RecordingConfigurationArn,Tags,Type Arn,IngestEndpoint,PlaybackUrl
AWS::IVS::EncoderConfiguration Name^,Tags,Video^ Arn
AWS::IVS::IngestConfiguration IngestProtocol^,InsecureIngest^,Name^,StageArn,Tags,UserId^ Arn,ParticipantId,State,StreamKey
AWS::IVS::PlaybackKeyPair Name^,PublicKeyMaterial^,Tags Arn,Fingerprint
AWS::IVS::PlaybackRestrictionPolicy AllowedCountries,AllowedOrigins,EnableStrictOriginEnforcement,Name,Tags Arn
AWS::IVS::PublicKey Name^,PublicKeyMaterial^,Tags Arn,Fingerprint
AWS::IVS::RecordingConfiguration DestinationConfiguration!^,Name^,RecordingReconnectWindowSeconds^,RenditionConfiguration^,Tags,ThumbnailConfiguration^ Arn,State
AWS::IVS::Stage AutoParticipantRecordingConfiguration,Name,Tags ActiveSessionId,Arn
AWS::IVS::StorageConfiguration Name^,S3!^,Tags Arn
AWS::IVS::StreamKey ChannelArn!^,Tags Arn,Value
AWS::IVSChat::LoggingConfiguration DestinationConfiguration!,Name,Tags Arn,Id,State
AWS::IVSChat::Room LoggingConfigurationIdentifiers,MaximumMessageLength,MaximumMessageRatePerSecond,MessageReviewHandler,Name,Tags Arn,Id
AWS::IdentityStore::Group Description,DisplayName!,IdentityStoreId!^ GroupId
AWS::IdentityStore::GroupMembership GroupId!^,IdentityStoreId!^,MemberId!^ MembershipId
AWS::IdentityStore::User Addresses^,Birthdate,DisplayName,Emails^,IdentityStoreId!^,Locale,Name,NickName,PhoneNumbers^,Photos^,PreferredLanguage,ProfileUrl,Roles^,Timezone,Title,UserName^,UserType,Website Arn,CreatedAt,CreatedBy,UpdatedAt,UpdatedBy,UserId,UserStatus
AWS::ImageBuilder::Component ChangeDescription^,Data^,Description^,KmsKeyId^,Name!^,Platform!^,SupportedOsVersions^,Tags^,Uri^,Version!^ Arn,Encrypted,LatestVersion,LatestVersion.Arn,LatestVersion.Major,LatestVersion.Minor,LatestVersion.Patch,Name,Type
AWS::ImageBuilder::ContainerRecipe Components^,ContainerType!^,Description^,DockerfileTemplateData^,DockerfileTemplateUri^,ImageOsVersionOverride^,InstanceConfiguration^,KmsKeyId^,Name!^,ParentImage!^,PlatformOverride^,Tags^,TargetRepository!^,Version!^,WorkingDirectory^ Arn,LatestVersion,LatestVersion.Arn,LatestVersion.Major,LatestVersion.Minor,LatestVersion.Patch,Name
AWS::ImageBuilder::DistributionConfiguration Description,Distributions!,Name!^,Tags Arn,Name
AWS::ImageBuilder::Image ContainerRecipeArn^,DeletionSettings,DistributionConfigurationArn^,EnhancedImageMetadataEnabled^,ExecutionRole,ImagePipelineExecutionSettings,ImageRecipeArn^,ImageScanningConfiguration^,ImageTestsConfiguration^,InfrastructureConfigurationArn^,LoggingConfiguration,Tags^,Workflows^ Arn,ImageId,ImageUri,LatestVersion,LatestVersion.Arn,LatestVersion.Major,LatestVersion.Minor,LatestVersion.Patch,Name
AWS::ImageBuilder::ImagePipeline ContainerRecipeArn,Description,DistributionConfigurationArn,EnhancedImageMetadataEnabled,ExecutionRole,ImageRecipeArn,ImageScanningConfiguration,ImageTags,ImageTestsConfiguration,InfrastructureConfigurationArn!,LoggingConfiguration,Name!^,Schedule,Status,Tags,Workflows Arn,DeploymentId,Name
AWS::ImageBuilder::ImageRecipe AdditionalInstanceConfiguration^,AmiTags^,AmiWatermarks^,BlockDeviceMappings^,Components^,Description^,Name!^,ParentImage!^,Tags^,Version!^,WorkingDirectory^ Arn,LatestVersion,LatestVersion.Arn,LatestVersion.Major,LatestVersion.Minor,LatestVersion.Patch,Name
AWS::ImageBuilder::InfrastructureConfiguration Description,InstanceMetadataOptions,InstanceProfileName!,InstanceTypes,KeyPair,Logging,Name!^,Placement,ResourceTags,SecurityGroupIds,SnsTopicArn,SubnetId,Tags,TerminateInstanceOnFailure Arn,Name
AWS::ImageBuilder::LifecyclePolicy Description,ExecutionRole!,Name!^,PolicyDetails!,ResourceSelection!,ResourceType!,Status,Tags Arn
AWS::ImageBuilder::Workflow ChangeDescription^,Data^,Description^,KmsKeyId^,Name!^,Tags,Type!^,Uri^,Version!^ Arn,LatestVersion,LatestVersion.Arn,LatestVersion.Major,LatestVersion.Minor,LatestVersion.Patch
AWS::Inspector::AssessmentTarget AssessmentTargetName^,ResourceGroupArn Arn
AWS::Inspector::AssessmentTemplate AssessmentTargetArn!^,AssessmentTemplateName^,DurationInSeconds!^,RulesPackageArns!^,UserAttributesForFindings^ Arn
AWS::Inspector::ResourceGroup ResourceGroupTags!^ Arn
AWS::InspectorV2::CisScanConfiguration ScanName!,Schedule!,SecurityLevel!,Tags,Targets! Arn
AWS::InspectorV2::CodeSecurityIntegration CreateIntegrationDetails^,Name,Tags,Type,UpdateIntegrationDetails Arn,AuthorizationUrl,CreatedAt,LastUpdatedAt,Status,StatusReason
AWS::InspectorV2::CodeSecurityScanConfiguration Configuration,Level^,Name^,ScopeSettings^,Tags Arn
AWS::InspectorV2::Connector Description,Name!^,Provider!^,ProviderConfiguration!,Tags ConnectorArn,CreatedAt,EnablementStatus,EnablementStatusReason,Health,LastUpdatedAt,ProviderConfiguration.Azure
AWS::InspectorV2::Filter Description,FilterAction!,FilterCriteria!,Name!,Tags Arn
AWS::Interconnect::Connection ActivationKey^,AttachPoint!^,Bandwidth,Description,EnvironmentId^,RemoteAccount^,RemoteOwnerAccount,Tags Arn,BillingTier,ConnectionId,OwnerAccount,Provider,SharedId,State,Type
AWS::InternetMonitor::Monitor HealthEventsConfig,IncludeLinkedAccounts,InternetMeasurementsLogDelivery,LinkedAccountId,MaxCityNetworksToMonitor,MonitorName!^,Resources,ResourcesToAdd,ResourcesToRemove,Status,Tags,TrafficPercentageToMonitor CreatedAt,ModifiedAt,MonitorArn,ProcessingStatus,ProcessingStatusInfo
AWS::Invoicing::InvoiceUnit Description,InvoiceReceiver!^,Name!^,ResourceTags,Rule!,TaxInheritanceDisabled InvoiceUnitArn,LastModified
AWS::Invoicing::ProcurementPortalPreference BuyerDomain!^,BuyerIdentifier!^,Contacts!,EinvoiceDeliveryEnabled!,EinvoiceDeliveryPreference,ProcurementPortalInstanceEndpoint,ProcurementPortalName!^,ProcurementPortalSharedSecret,PurchaseOrderRetrievalEnabled!,Selector,SupplierDomain!^,SupplierIdentifier!^,Tags,TestEnvPreference AwsAccountId,CreateDate,EinvoiceDeliveryPreferenceStatus,LastUpdateDate,ProcurementPortalPreferenceArn,PurchaseOrderRetrievalEndpoint,PurchaseOrderRetrievalPreferenceStatus,Version
AWS::IoT::AccountAuditConfiguration AccountId!^,AuditCheckConfigurations!,AuditNotificationTargetConfigurations,RoleArn! 
AWS::IoT::Authorizer AuthorizerFunctionArn!,AuthorizerName^,EnableCachingForHttp,SigningDisabled^,Status,Tags,TokenKeyName,TokenSigningPublicKeys Arn
AWS::IoT::BillingGroup BillingGroupName^,BillingGroupProperties,Tags Arn,Id
AWS::IoT::CACertificate AutoRegistrationStatus,CACertificatePem!^,CertificateMode^,RegistrationConfig,RemoveAutoRegistration,Status!,Tags,VerificationCertificatePem^ Arn,Id
AWS::IoT::Certificate CACertificatePem^,CertificateMode^,CertificatePem^,CertificateSigningRequest^,Status! Arn,Id
AWS::IoT::CertificateProvider AccountDefaultForOperations!,CertificateProviderName^,LambdaFunctionArn!,Tags Arn
AWS::IoT::Command CommandId!^,CreatedAt,Deprecated,Description,DisplayName,LastUpdatedAt,MandatoryParameters,Namespace,Payload,PayloadTemplate^,PendingDeletion,Preprocessor^,RoleArn,Tags CommandArn
AWS::IoT::CustomMetric DisplayName,MetricName^,MetricType!^,Tags MetricArn
AWS::IoT::Dimension Name^,StringValues!,Tags,Type!^ Arn
AWS::IoT::DomainConfiguration ApplicationProtocol,AuthenticationType,AuthorizerConfig,ClientCertificateConfig,DomainConfigurationName^,DomainConfigurationStatus,DomainName^,ServerCertificateArns^,ServerCertificateConfig,ServiceType^,Tags,TlsConfig,ValidationCertificateArn^ Arn,DomainType,ServerCertificates
AWS::IoT::EncryptionConfiguration EncryptionType!,KmsAccessRoleArn,KmsKeyArn AccountId,ConfigurationDetails,LastModifiedDate
AWS::IoT::FleetMetric AggregationField,AggregationType,Description,IndexName,MetricName!^,Period,QueryString,QueryVersion,Tags,Unit CreationDate,LastModifiedDate,MetricArn,Version
AWS::IoT::Job AbortConfig,Description,DestinationPackageVersions^,DocumentParameters^,DocumentSource^,Document^,JobExecutionsRetryConfig^,JobExecutionsRolloutConfig,JobId!^,JobTemplateArn^,PresignedUrlConfig,SchedulingConfig^,Tags,TargetSelection^,Targets!^,TimeoutConfig Arn,CreatedAt
AWS::IoT::JobTemplate AbortConfig^,Description!^,DestinationPackageVersions^,DocumentSource^,Document^,JobArn^,JobExecutionsRetryConfig^,JobExecutionsRolloutConfig^,JobTemplateId!^,MaintenanceWindows^,PresignedUrlConfig^,Tags^,TimeoutConfig^ Arn
AWS::IoT::Logging AccountId!^,DefaultLogLevel!,EventConfigurations,RoleArn! 
AWS::IoT::MitigationAction ActionName^,ActionParams!,RoleArn!,Tags MitigationActionArn,MitigationActionId
AWS::IoT::Policy PolicyDocument!,PolicyName^,Tags Arn,Id
AWS::IoT::PolicyPrincipalAttachment PolicyName!^,Principal!^ Id
AWS::IoT::ProvisioningTemplate Description,Enabled,PreProvisioningHook,ProvisioningRoleArn!,Tags,TemplateBody!,TemplateName^,TemplateType^ TemplateArn
AWS::IoT::ResourceSpecificLogging LogLevel!,TargetName!^,TargetType!^ TargetId
AWS::IoT::RoleAlias CredentialDurationSeconds,RoleAlias^,RoleArn!,Tags RoleAliasArn
AWS::IoT::ScheduledAudit DayOfMonth,DayOfWeek,Frequency!,ScheduledAuditName^,Tags,TargetCheckNames! ScheduledAuditArn
AWS::IoT::SecurityProfile AdditionalMetricsToRetainV2,AlertTargets,Behaviors,MetricsExportConfig,SecurityProfileDescription,SecurityProfileName^,Tags,TargetArns SecurityProfileArn
AWS::IoT::SoftwarePackage Description,PackageName^,Tags PackageArn
AWS::IoT::SoftwarePackageVersion Artifact,Attributes,Description,PackageName!^,Recipe,Sbom,Tags,VersionName^ ErrorReason,PackageVersionArn,SbomValidationStatus,Status
AWS::IoT::Stream Description,Files!,RoleArn!,StreamId!^,Tags Arn,CreatedAt,LastUpdatedAt,StreamVersion
AWS::IoT::Thing AttributePayload,ThingName^ Arn,Id
AWS::IoT::ThingGroup ParentGroupName^,QueryString,Tags,ThingGroupName^,ThingGroupProperties Arn,Id
AWS::IoT::ThingPrincipalAttachment Principal!^,ThingName!^,ThingPrincipalType^ 
AWS::IoT::ThingType DeprecateThingType,Tags,ThingTypeName^,ThingTypeProperties^ Arn,Id
AWS::IoT::TopicRule RuleName^,Tags,TopicRulePayload! Arn
AWS::IoT::TopicRuleDestination HttpUrlProperties^,InfluxDBProperties^,Status,VpcProperties^ Arn,StatusReason
AWS::IoTAnalytics::Channel ChannelName^,ChannelStorage,RetentionPeriod,Tags Id
AWS::IoTAnalytics::Dataset Actions!,ContentDeliveryRules,DatasetName^,LateDataRules,RetentionPeriod,Tags,Triggers,VersioningConfiguration Id
AWS::IoTAnalytics::Datastore DatastoreName^,DatastorePartitions,DatastoreStorage,FileFormatConfiguration,RetentionPeriod,Tags Id
AWS::IoTAnalytics::Pipeline PipelineActivities!,PipelineName^,Tags Id
AWS::IoTCoreDeviceAdvisor::SuiteDefinition SuiteDefinitionConfiguration!,Tags SuiteDefinitionArn,SuiteDefinitionId,SuiteDefinitionVersion
AWS::IoTEvents::AlarmModel AlarmCapabilities,AlarmEventActions,AlarmModelDescription,AlarmModelName^,AlarmRule!,Key^,RoleArn!,Severity,Tags 
AWS::IoTEvents::DetectorModel DetectorModelDefinition!,DetectorModelDescription,DetectorModelName^,EvaluationMethod,Key^,RoleArn!,Tags 
AWS::IoTEvents::Input InputDefinition!,InputDescription,InputName^,Tags 
AWS::IoTFleetHub::Application ApplicationDescription,ApplicationName!,RoleArn!,Tags ApplicationArn,ApplicationCreationDate,ApplicationId,ApplicationLastUpdateDate,ApplicationState,ApplicationUrl,ErrorMessage,SsoClientId
AWS::IoTFleetWise::Campaign Action,CollectionScheme!^,Compression^,DataDestinationConfigs^,DataExtraDimensions,DataPartitions^,Description,DiagnosticsMode^,ExpiryTime^,Name!^,PostTriggerCollectionDuration^,Priority^,SignalCatalogArn!^,SignalsToCollect^,SignalsToFetch^,SpoolingMode^,StartTime^,Tags,TargetArn!^ Arn,CreationTime,LastModificationTime,Status
AWS::IoTFleetWise::DecoderManifest DefaultForUnmappedSignals,Description,ModelManifestArn!^,Name!^,NetworkInterfaces,SignalDecoders,Status,Tags Arn,CreationTime,LastModificationTime
AWS::IoTFleetWise::Fleet Description,Id!^,SignalCatalogArn!^,Tags Arn,CreationTime,LastModificationTime
AWS::IoTFleetWise::ModelManifest Description,Name!^,Nodes,SignalCatalogArn!^,Status,Tags Arn,CreationTime,LastModificationTime
AWS::IoTFleetWise::SignalCatalog Description,Name^,NodeCounts,Nodes,Tags Arn,CreationTime,LastModificationTime,NodeCounts.TotalActuators,NodeCounts.TotalAttributes,NodeCounts.TotalBranches,NodeCounts.TotalNodes,NodeCounts.TotalSensors
AWS::IoTFleetWise::StateTemplate DataExtraDimensions,Description,MetadataExtraDimensions,Name!^,SignalCatalogArn!^,StateTemplateProperties!,Tags Arn,CreationTime,Id,LastModificationTime
AWS::IoTFleetWise::Vehicle AssociationBehavior,Attributes,DecoderManifestArn!,ModelManifestArn!,Name!^,StateTemplates,Tags Arn,CreationTime,LastModificationTime
AWS::IoTSecureTunneling::Tunnel Description^,DestinationConfig^,Tags,TimeoutConfig^ Status,TunnelArn,TunnelId
AWS::IoTSiteWise::AccessPolicy AccessPolicyIdentity!,AccessPolicyPermission!,AccessPolicyResource! AccessPolicyArn,AccessPolicyId
AWS::IoTSiteWise::Application Description^,IdcInstanceArn^,Name!^,Tags,WorkspaceName!^ ApplicationId,Arn,CreatedAt,DnsSubdomain,IdcApplicationArn,Status,UpdatedAt
AWS::IoTSiteWise::Asset AssetDescription,AssetExternalId,AssetHierarchies,AssetModelId!,AssetName!,AssetProperties,Tags AssetArn,AssetId
AWS::IoTSiteWise::AssetModel AssetModelCompositeModels,AssetModelDescription,AssetModelExternalId,AssetModelHierarchies,AssetModelName!,AssetModelProperties,AssetModelType^,EnforcedAssetModelInterfaceRelationships,Tags AssetModelArn,AssetModelId
AWS::IoTSiteWise::ComputationModel ComputationModelConfiguration!,ComputationModelDataBinding!,ComputationModelDescription,ComputationModelName!,Tags ComputationModelArn,ComputationModelId
AWS::IoTSiteWise::Dashboard DashboardDefinition!,DashboardDescription!,DashboardName!,ProjectId^,Tags DashboardArn,DashboardId
AWS::IoTSiteWise::Dataset DatasetConfig,DatasetDescription,DatasetName!,DatasetSource,DatasetType^,Tags,WorkspaceName^ DatasetArn,DatasetId
AWS::IoTSiteWise::Gateway GatewayCapabilitySummaries,GatewayName!,GatewayPlatform!^,GatewayVersion^,Tags GatewayId
AWS::IoTSiteWise::Pipeline Computations!,Description,EnvironmentVariables,PipelineName!^,Tags,WorkspaceName!^ PipelineArn,Status
AWS::IoTSiteWise::Portal Alarms,NotificationSenderEmail,PortalAuthMode^,PortalContactEmail!,PortalDescription,PortalName!,PortalTypeConfiguration,PortalType^,RoleArn!,Tags PortalArn,PortalClientId,PortalId,PortalStartUrl
AWS::IoTSiteWise::Project AssetIds,PortalId!^,ProjectDescription,ProjectName!,Tags ProjectArn,ProjectId
AWS::IoTSiteWise::Task Description,Tags,TaskConfiguration!,TaskName!^,WorkspaceName!^ Status,TaskArn
AWS::IoTSiteWise::Workspace EncryptionConfiguration!^,KmsKeyId^,Tags,WorkspaceDescription,WorkspaceName!^ CreatedAt,Status,UpdatedAt,WorkspaceArn
AWS::IoTThingsGraph::FlowTemplate CompatibleNamespaceVersion,Definition! Id
AWS::IoTTwinMaker::ComponentType ComponentTypeId!^,CompositeComponentTypes,Description,ExtendsFrom,Functions,IsSingleton,PropertyDefinitions,PropertyGroups,Tags,WorkspaceId!^ Arn,CreationDateTime,IsAbstract,IsSchemaInitialized,Status,Status.Error,Status.State,UpdateDateTime
AWS::IoTTwinMaker::Entity Components,CompositeComponents,Description,EntityId^,EntityName!,ParentEntityId,Tags,WorkspaceId!^ Arn,CreationDateTime,HasChildEntities,Status,Status.Error,Status.State,UpdateDateTime
AWS::IoTTwinMaker::Scene Capabilities,ContentLocation!,Description,SceneId!^,SceneMetadata,Tags,WorkspaceId!^ Arn,CreationDateTime,GeneratedSceneMetadata,UpdateDateTime
AWS::IoTTwinMaker::SyncJob SyncRole!^,SyncSource!^,Tags^,WorkspaceId!^ Arn,CreationDateTime,State,UpdateDateTime
AWS::IoTTwinMaker::Workspace Description,Role!,S3Location!,Tags,WorkspaceId!^ Arn,CreationDateTime,UpdateDateTime
AWS::IoTWireless::Destination Description,Expression!,ExpressionType!,Name!^,RoleArn,Tags Arn
AWS::IoTWireless::DeviceProfile LoRaWAN^,Name^,Tags Arn,Id
AWS::IoTWireless::FuotaTask AssociateMulticastGroup,AssociateWirelessDevice,Description,DisassociateMulticastGroup,DisassociateWirelessDevice,FirmwareUpdateImage!,FirmwareUpdateRole!,LoRaWAN!,Name,Tags Arn,FuotaTaskStatus,Id,LoRaWAN.StartTime
AWS::IoTWireless::MulticastGroup AssociateWirelessDevice,Description,DisassociateWirelessDevice,LoRaWAN!,Name,Tags Arn,Id,LoRaWAN.NumberOfDevicesInGroup,LoRaWAN.NumberOfDevicesRequested,Status
AWS::IoTWireless::NetworkAnalyzerConfiguration Description,Name!^,Tags^,TraceContent,WirelessDevices,WirelessGateways Arn
AWS::IoTWireless::PartnerAccount AccountLinked,PartnerAccountId^,PartnerType,Sidewalk,SidewalkResponse,SidewalkUpdate,Tags Arn,Fingerprint
AWS::IoTWireless::ServiceProfile LoRaWAN^,Name^,Tags Arn,Id,LoRaWAN.ChannelMask,LoRaWAN.DevStatusReqFreq,LoRaWAN.DlBucketSize,LoRaWAN.DlRate,LoRaWAN.DlRatePolicy,LoRaWAN.DrMax,LoRaWAN.DrMin,LoRaWAN.HrAllowed,LoRaWAN.MinGwDiversity,LoRaWAN.NwkGeoLoc,LoRaWAN.ReportDevStatusBattery,LoRaWAN.ReportDevStatusMargin,LoRaWAN.TargetPer,LoRaWAN.UlBucketSize,LoRaWAN.UlRate,LoRaWAN.UlRatePolicy,LoRaWANResponse
AWS::IoTWireless::TaskDefinition AutoCreateTasks!,LoRaWANUpdateGatewayTaskEntry,Name,Tags,TaskDefinitionType,Update Arn,Id
AWS::IoTWireless::WirelessDevice Description,DestinationName!,LastUplinkReceivedAt,LoRaWAN,Name,Positioning,Tags,ThingArn,Type! Arn,Id,ThingName
AWS::IoTWireless::WirelessDeviceImportTask DestinationName!,Sidewalk!,Tags Arn,CreationDate,FailedImportedDevicesCount,Id,InitializedImportedDevicesCount,OnboardedImportedDevicesCount,PendingImportedDevicesCount,Sidewalk.DeviceCreationFileList,Status,StatusReason
AWS::IoTWireless::WirelessGateway Description,LastUplinkReceivedAt,LoRaWAN!,Name,Tags,ThingArn,ThingName Arn,Id
AWS::KMS::Alias AliasName!^,TargetKeyId! 
AWS::KMS::Key BypassPolicyLockoutSafetyCheck,Description,EnableKeyRotation,Enabled,KeyPolicy,KeySpec,KeyUsage,MultiRegion,Origin,PendingWindowInDays,RotationPeriodInDays,Tags Arn,KeyId
AWS::KMS::ReplicaKey Description,Enabled,KeyPolicy!,PendingWindowInDays,PrimaryKeyArn!^,Tags Arn,KeyId
AWS::KafkaConnect::Connector Capacity!,ConnectorConfiguration!^,ConnectorDescription^,ConnectorName!^,KafkaCluster!^,KafkaClusterClientAuthentication!^,KafkaClusterEncryptionInTransit!^,KafkaConnectVersion!^,LogDelivery^,NetworkType^,Plugins!^,ServiceExecutionRoleArn!^,Tags,WorkerConfiguration^ ConnectorArn
AWS::KafkaConnect::CustomPlugin ContentType!^,Description^,Location!^,Name!^,Tags CustomPluginArn,FileDescription,Revision
AWS::KafkaConnect::WorkerConfiguration Description^,Name!^,PropertiesFileContent!^,Tags Revision,WorkerConfigurationArn
AWS::Kendra::DataSource CustomDocumentEnrichmentConfiguration,DataSourceConfiguration,Description,IndexId!^,LanguageCode,Name!,RoleArn,Schedule,Tags,Type!^ Arn,Id
AWS::Kendra::Faq Description^,FileFormat^,IndexId!^,LanguageCode,Name!^,RoleArn!^,S3Path!^,Tags Arn,Id
AWS::Kendra::FeaturedResultsSet Description,FeaturedDocuments,FeaturedResultsSetName!,IndexId!^,QueryTexts,Status,Tags Arn,FeaturedResultsSetId
AWS::Kendra::Index CapacityUnits,Description,DocumentMetadataConfigurations,Edition!^,Name!,RoleArn!,ServerSideEncryptionConfiguration^,Tags,UserContextPolicy,UserTokenConfigurations Arn,Id
AWS::Kendra::QuerySuggestionsBlockList Description,IndexId!^,Name!,RoleArn!,SourceS3Path!,Tags Arn,Id
AWS::Kendra::Thesaurus Description,IndexId!^,Name!,RoleArn!,SourceS3Path!,Tags Arn,Id
AWS::KendraRanking::ExecutionPlan CapacityUnits,Description,Name!,Tags Arn,Id
AWS::Kinesis::Channel ChannelName!^,EncryptionConfiguration^,LoggingConfiguration,S3DestinationConfiguration,S3TablesDestinationConfiguration,ServiceExecutionRoleARN!^,StreamConfigurationList!^,Tags ChannelARN,ChannelCreationTimestamp,ChannelId,ChannelStatus
AWS::Kinesis::ResourcePolicy ResourceArn!^,ResourcePolicy! 
AWS::Kinesis::Stream DesiredShardLevelMetrics,MaxRecordSizeInKiB,Name^,RetentionPeriodHours,ShardCount,StreamEncryption,StreamModeDetails,Tags,WarmThroughputMiBps Arn,WarmThroughputObject
AWS::Kinesis::StreamConsumer ConsumerName!^,StreamARN!^,Tags^ ConsumerARN,ConsumerCreationTimestamp,ConsumerName,ConsumerStatus,StreamARN
AWS::KinesisAnalytics::Application ApplicationCode,ApplicationDescription,ApplicationName^,Inputs! Id
AWS::KinesisAnalytics::ApplicationOutput ApplicationName!^,Output! Id
AWS::KinesisAnalytics::ApplicationReferenceDataSource ApplicationName!^,ReferenceDataSource! Id
AWS::KinesisAnalyticsV2::Application ApplicationConfiguration,ApplicationDescription,ApplicationMaintenanceConfiguration,ApplicationMode^,ApplicationName^,RunConfiguration,RuntimeEnvironment!^,ServiceExecutionRole!,Tags 
AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption ApplicationName!^,CloudWatchLoggingOption! Id
AWS::KinesisAnalyticsV2::ApplicationOutput ApplicationName!^,Output! Id
AWS::KinesisAnalyticsV2::ApplicationReferenceDataSource ApplicationName!^,ReferenceDataSource! Id
AWS::KinesisFirehose::DeliveryStream AmazonOpenSearchServerlessDestinationConfiguration,AmazonopensearchserviceDestinationConfiguration,DatabaseSourceConfiguration^,DeliveryStreamEncryptionConfigurationInput,DeliveryStreamName^,DeliveryStreamType^,DirectPutSourceConfiguration^,ElasticsearchDestinationConfiguration,ExtendedS3DestinationConfiguration,HttpEndpointDestinationConfiguration,IcebergDestinationConfiguration,KinesisStreamSourceConfiguration^,MSKSourceConfiguration^,RedshiftDestinationConfiguration,S3DestinationConfiguration,SnowflakeDestinationConfiguration,SplunkDestinationConfiguration,Tags Arn
AWS::KinesisVideo::SignalingChannel MessageTtlSeconds,Name^,Tags,Type Arn
AWS::KinesisVideo::Stream DataRetentionInHours,DeviceName,KmsKeyId,MediaType,Name^,StreamStorageConfiguration,Tags Arn
AWS::LakeFormation::DataCellsFilter ColumnNames^,ColumnWildcard^,DatabaseName!^,Name!^,RowFilter^,TableCatalogId!^,TableName!^ 
AWS::LakeFormation::DataLakeSettings Admins,AllowExternalDataFiltering,AllowFullTableExternalDataAccess,AuthorizedSessionTagValueList,CreateDatabaseDefaultPermissions,CreateTableDefaultPermissions,ExternalDataFilteringAllowList,MutationType,Parameters,ReadOnlyAdmins,TrustedResourceOwners Id
AWS::LakeFormation::Permissions DataLakePrincipal!^,Permissions,PermissionsWithGrantOption,Resource!^ Id
AWS::LakeFormation::PrincipalPermissions Catalog^,Permissions!^,PermissionsWithGrantOption!^,Principal!^,Resource!^ PrincipalIdentifier,ResourceIdentifier
AWS::LakeFormation::Resource HybridAccessEnabled,ResourceArn!^,RoleArn,UseServiceLinkedRole!?,WithFederation Id
AWS::LakeFormation::Tag CatalogId^,TagKey!^,TagValues! 
AWS::LakeFormation::TagAssociation LFTags!^,Resource!^ ResourceIdentifier,TagsIdentifier
AWS::Lambda::Alias Description,FunctionName!^,FunctionVersion!,Name!^,ProvisionedConcurrencyConfig,RoutingConfig AliasArn
AWS::Lambda::CapacityProvider CapacityProviderName^,CapacityProviderScalingConfig,InstanceRequirements^,KmsKeyArn^,PermissionsConfig!^,PropagateTags,Tags,TelemetryConfig,VpcConfig!^ Arn,State
AWS::Lambda::CodeSigningConfig AllowedPublishers!,CodeSigningPolicies,Description,Tags CodeSigningConfigArn,CodeSigningConfigId
AWS::Lambda::EventInvokeConfig DestinationConfig,FunctionName!^,MaximumEventAgeInSeconds,MaximumRetryAttempts,Qualifier!^ 
AWS::Lambda::EventSourceMapping AmazonManagedKafkaEventSourceConfig^,BatchSize,BisectBatchOnFunctionError,DestinationConfig,DocumentDBEventSourceConfig,Enabled,EventSourceArn^,FilterCriteria,FunctionName!,FunctionResponseTypes,KmsKeyArn,LoggingConfig,MaximumBatchingWindowInSeconds,MaximumRecordAgeInSeconds,MaximumRetryAttempts,MetricsConfig,ParallelizationFactor,ProvisionedPollerConfig,Queues,ScalingConfig,SelfManagedEventSource^,SelfManagedKafkaEventSourceConfig^,SourceAccessConfigurations,StartingPositionTimestamp^,StartingPosition^,Tags,Topics,TumblingWindowInSeconds EventSourceMappingArn,Id
AWS::Lambda::Function Architectures,CapacityProviderConfig,Code!,CodeSigningConfigArn,DeadLetterConfig,Description,DurableConfig,Environment,EphemeralStorage,FileSystemConfigs,FunctionName^,FunctionScalingConfig,Handler,ImageConfig,KmsKeyArn,Layers,LoggingConfig,MemorySize,PackageType^,PublishToLatestPublished,RecursiveLoop,ReservedConcurrentExecutions,Role!,Runtime,RuntimeManagementConfig,SnapStart,Tags,TenancyConfig^,Timeout,TracingConfig,VpcConfig Arn,SnapStartResponse,SnapStartResponse.ApplyOn,SnapStartResponse.OptimizationStatus
AWS::Lambda::LayerVersion CompatibleArchitectures^,CompatibleRuntimes^,Content!^,Description^,LayerName^,LicenseInfo^ LayerVersionArn
AWS::Lambda::LayerVersionPermission Action!^,LayerVersionArn!^,OrganizationId^,Principal!^ Id
AWS::Lambda::MicrovmImage AdditionalOsCapabilities!,BaseImageArn!,BaseImageVersion!,BuildRoleArn!,CodeArtifact!,CpuConfigurations!,Description!,EgressNetworkConnectors!,EnvironmentVariables!,Hooks!,Logging!,Name!^,Resources!,Tags CreatedAt,ImageArn,LatestActiveImageVersion,LatestFailedImageVersion,State,UpdatedAt
AWS::Lambda::NetworkConnector Configuration!,Name^,OperatorRole,Tags Arn,State
AWS::Lambda::Permission Action!^,EventSourceToken^,FunctionName!^,FunctionUrlAuthType^,InvokedViaFunctionUrl^,Principal!^,PrincipalOrgID^,SourceAccount^,SourceArn^ Id
AWS::Lambda::ResourcePolicy PolicyDocument!,ResourceArn!^ 
AWS::Lambda::Url AuthType!,Cors,InvokeMode,Qualifier^,TargetFunctionArn!^ FunctionArn,FunctionUrl
AWS::Lambda::Version CodeSha256^,Description^,FunctionName!^,FunctionScalingConfig,ProvisionedConcurrencyConfig^,RuntimePolicy^ FunctionArn,Version
AWS::LaunchWizard::Deployment DeploymentPatternName!^,Name!^,Specifications,Tags,WorkloadName!^ Arn,CreatedAt,DeletedAt,DeploymentId,ResourceGroup,Status
AWS::Lex::Bot AutoBuildBotLocales,BotFileS3Location,BotLocales,BotMembers,BotTags,BotType^,DataPrivacy!,Description,ErrorLogSettings,IdleSessionTTLInSeconds!,Name!,Replication,RoleArn!,TestBotAliasSettings,TestBotAliasTags Arn,Id
AWS::Lex::BotAlias BotAliasLocaleSettings,BotAliasName!,BotAliasTags,BotId!^,BotVersion,ConversationLogSettings,Description,SentimentAnalysisSettings Arn,BotAliasId,BotAliasStatus
AWS::Lex::BotVersion BotId!^,BotVersionLocaleSpecification!,Description BotVersion
AWS::Lex::ResourcePolicy Policy!,ResourceArn!^ Id,RevisionId
AWS::LicenseManager::Grant AllowedOperations,GrantName,HomeRegion,LicenseArn,Principals,Status,Tags GrantArn,Version
AWS::LicenseManager::License Beneficiary!,ConsumptionConfiguration!,Entitlements!,HomeRegion!,Issuer!,LicenseMetadata,LicenseName!,ProductName!,ProductSKU!,Status,Tags,Validity! LicenseArn,Version
AWS::LicenseManager::LicenseAssetGroup AssociatedLicenseAssetRulesetARNs!,Description,LicenseAssetGroupConfigurations!^,Name!,Properties,Tags LicenseAssetGroupArn
AWS::LicenseManager::LicenseAssetRuleSet Description,Name!,Rules!,Tags LicenseAssetRulesetArn
AWS::Lightsail::Alarm AlarmName!^,ComparisonOperator!,ContactProtocols,DatapointsToAlarm,EvaluationPeriods!,MetricName!^,MonitoredResourceName!^,NotificationEnabled,NotificationTriggers,Threshold!,TreatMissingData AlarmArn,State
AWS::Lightsail::Bucket AccessRules,BucketName!^,BundleId!,ObjectVersioning,ReadOnlyAccessAccounts,ResourcesReceivingAccess,Tags AbleToUpdateBundle,BucketArn,Url
AWS::Lightsail::Certificate CertificateName!^,DomainName!^,SubjectAlternativeNames^,Tags CertificateArn,Status
AWS::Lightsail::ContactMethod ContactEndpoint!^,Protocol!^ Arn,CreatedAt,Name,ResourceType,Status,SupportCode
AWS::Lightsail::Container ContainerServiceDeployment,IsDisabled,Power!,PrivateRegistryAccess,PublicDomainNames,Scale!,ServiceName!^,Tags ContainerArn,PrincipalArn,PrivateRegistryAccess.EcrImagePullerRole,Url
AWS::Lightsail::Database AvailabilityZone^,BackupRetention,CaCertificateIdentifier,MasterDatabaseName!^,MasterUserPassword,MasterUsername!^,PreferredBackupWindow,PreferredMaintenanceWindow,PubliclyAccessible,RelationalDatabaseBlueprintId!^,RelationalDatabaseBundleId!^,RelationalDatabaseName!^,RelationalDatabaseParameters,RotateMasterUserPassword,Tags DatabaseArn
AWS::Lightsail::DatabaseSnapshot RelationalDatabaseName!^,RelationalDatabaseSnapshotName!^,Tags Arn,CreatedAt,Engine,EngineVersion,FromRelationalDatabaseArn,FromRelationalDatabaseBlueprintId,FromRelationalDatabaseBundleId,FromRelationalDatabaseName,Location,Name,ResourceType,SizeInGb,State,SupportCode
AWS::Lightsail::Disk AddOns,AvailabilityZone^,DiskName!^,Location,SizeInGb!^,Tags AttachedTo,AttachmentState,DiskArn,Iops,IsAttached,Location.AvailabilityZone,Location.RegionName,Path,ResourceType,State,SupportCode
AWS::Lightsail::DiskSnapshot DiskName!^,DiskSnapshotName!^,Tags CreatedAt,DiskSnapshotArn,FromDiskName,IsFromAutoSnapshot,Location,Progress,ResourceType,SizeInGb,State,SupportCode
AWS::Lightsail::Distribution BundleId!,CacheBehaviorSettings,CacheBehaviors,CertificateName,DefaultCacheBehavior!,DistributionName!^,IpAddressType^,IsEnabled,Origin!,Tags AbleToUpdateBundle,DistributionArn,Status
AWS::Lightsail::Domain DomainEntries,DomainName!^,Tags Arn,CreatedAt,Location,ResourceType,SupportCode
AWS::Lightsail::Instance AddOns,AvailabilityZone^,BlueprintId!^,BundleId!^,Hardware,InstanceName!^,KeyPairName,Location,Networking,State,Tags,UserData Hardware.CpuCount,Hardware.RamSizeInGb,InstanceArn,Ipv6Addresses,IsStaticIp,Location.AvailabilityZone,Location.RegionName,Networking.MonthlyTransfer,PrivateIpAddress,PublicIpAddress,ResourceType,SshKeyName,State.Code,State.Name,SupportCode,UserName
AWS::Lightsail::InstanceSnapshot InstanceName!^,InstanceSnapshotName!^,Tags Arn,FromInstanceArn,FromInstanceName,IsFromAutoSnapshot,Location,ResourceType,SizeInGb,State,SupportCode
AWS::Lightsail::KeyPair KeyPairName!^,Tags CreatedAt,Fingerprint,KeyPairArn,Location,ResourceType,SupportCode
AWS::Lightsail::LoadBalancer AttachedInstances,HealthCheckPath,InstancePort!^,IpAddressType^,LoadBalancerName!^,SessionStickinessEnabled,SessionStickinessLBCookieDurationSeconds,Tags,TlsPolicyName LoadBalancerArn
AWS::Lightsail::LoadBalancerTlsCertificate CertificateAlternativeNames^,CertificateDomainName!^,CertificateName!^,HttpsRedirectionEnabled,IsAttached,LoadBalancerName!^ LoadBalancerTlsCertificateArn,Status
AWS::Lightsail::StaticIp AttachedTo,StaticIpName!^ IpAddress,IsAttached,StaticIpArn
AWS::Location::APIKey Description,ExpireTime,ForceDelete,ForceUpdate,KeyName!^,NoExpiry,Restrictions!,Tags Arn,CreateTime,KeyArn,UpdateTime
AWS::Location::GeofenceCollection CollectionName!^,Description^,KmsKeyId^,PricingPlan,PricingPlanDataSource,Tags Arn,CollectionArn,CreateTime,UpdateTime
AWS::Location::Map Configuration!^,Description^,MapName!^,PricingPlan^,Tags Arn,CreateTime,DataSource,MapArn,UpdateTime
AWS::Location::PlaceIndex DataSource!^,DataSourceConfiguration^,Description^,IndexName!^,PricingPlan^,Tags Arn,CreateTime,IndexArn,UpdateTime
AWS::Location::RouteCalculator CalculatorName!^,DataSource!^,Description^,PricingPlan^,Tags Arn,CalculatorArn,CreateTime,UpdateTime
AWS::Location::Tracker Description^,EventBridgeEnabled,KmsKeyEnableGeospatialQueries,KmsKeyId^,PositionFiltering^,PricingPlan,PricingPlanDataSource,Tags,TrackerName!^ Arn,CreateTime,TrackerArn,UpdateTime
AWS::Location::TrackerConsumer ConsumerArn!^,TrackerName!^ 
AWS::Logs::AccountPolicy PolicyDocument!,PolicyName!^,PolicyType!^,Scope,SelectionCriteria AccountId
AWS::Logs::Delivery DeliveryDestinationArn!^,DeliverySourceName!^,FieldDelimiter,RecordFields,S3EnableHiveCompatiblePath,S3SuffixPath,Tags Arn,DeliveryDestinationType,DeliveryId
AWS::Logs::DeliveryDestination DeliveryDestinationPolicy,DeliveryDestinationType^,DestinationResourceArn^,Name!^,OutputFormat^,Tags Arn
AWS::Logs::DeliverySource DeliverySourceConfiguration,LogType,Name!^,ResourceArn,Tags Arn,ResourceArns,Service,Status,StatusReason
AWS::Logs::Destination DestinationName!^,DestinationPolicy,RoleArn!,Tags,TargetArn! Arn
AWS::Logs::Integration IntegrationName!^,IntegrationType!^,ResourceConfig!^ IntegrationStatus
AWS::Logs::LogAnomalyDetector AccountId,AnomalyVisibilityTime,DetectorName,EvaluationFrequency,FilterPattern,KmsKeyId,LogGroupArnList AnomalyDetectorArn,AnomalyDetectorStatus,CreationTimeStamp,LastModifiedTimeStamp
AWS::Logs::LogGroup BearerTokenAuthenticationEnabled,DataProtectionPolicy,DeletionProtectionEnabled,FieldIndexPolicies,KmsKeyId,LogGroupClass,LogGroupName^,ResourcePolicyDocument,RetentionInDays,Tags Arn
AWS::Logs::LogStream LogGroupName!^,LogStreamName^ 
AWS::Logs::MetricFilter ApplyOnTransformedLogs,EmitSystemFieldDimensions,FieldSelectionCriteria,FilterName^,FilterPattern!,LogGroupName!^,MetricTransformations! 
AWS::Logs::QueryDefinition LogGroupNames,Name!,Parameters,QueryLanguage,QueryString! QueryDefinitionId
AWS::Logs::ResourcePolicy PolicyDocument!,PolicyName!^ 
AWS::Logs::ScheduledQuery Description,DestinationConfiguration,ExecutionRoleArn!,LogGroupIdentifiers,Name!^,QueryLanguage!,QueryString!,ScheduleEndTime,ScheduleExpression!,ScheduleStartTime,StartTimeOffset,State,Tags,Timezone CreationTime,LastExecutionStatus,LastTriggeredTime,LastUpdatedTime,ScheduledQueryArn
AWS::Logs::StorageTierPolicy StorageTier! AccountId,LastUpdatedTime
AWS::Logs::SubscriptionFilter ApplyOnTransformedLogs,DestinationArn!,Distribution,EmitSystemFields,FieldSelectionCriteria,FilterName^,FilterPattern!,LogGroupName!^,RoleArn 
AWS::Logs::Transformer LogGroupIdentifier!^,TransformerConfig! 
AWS::LookoutEquipment::InferenceScheduler DataDelayOffsetInMinutes,DataInputConfiguration!,DataOutputConfiguration!,DataUploadFrequency!,InferenceSchedulerName^,ModelName!^,RoleArn!,ServerSideKmsKeyId^,Tags InferenceSchedulerArn
AWS::LookoutMetrics::Alert Action!^,AlertDescription^,AlertName^,AlertSensitivityThreshold!^,AnomalyDetectorArn!^ Arn
AWS::LookoutMetrics::AnomalyDetector AnomalyDetectorConfig!,AnomalyDetectorDescription,AnomalyDetectorName^,KmsKeyArn,MetricSetList! Arn
AWS::LookoutVision::Project ProjectName!^ Arn
AWS::M2::Application Definition,Description,EngineType!^,KmsKeyId^,Name!^,RoleArn^,Tags ApplicationArn,ApplicationId
AWS::M2::Deployment ApplicationId!^,ApplicationVersion!,EnvironmentId!^ DeploymentId,Status
AWS::M2::Environment Description^,EngineType!^,EngineVersion,HighAvailabilityConfig,InstanceType!,KmsKeyId^,Name!^,NetworkType^,PreferredMaintenanceWindow,PubliclyAccessible^,SecurityGroupIds^,StorageConfigurations^,SubnetIds^,Tags EnvironmentArn,EnvironmentId
AWS::MGN::Connector Name!,SsmCommandConfig,SsmInstanceID!^,Tags Arn,ConnectorID
AWS::MGN::LaunchConfigurationTemplate AssociatePublicIpAddress,BootMode,CopyPrivateIp,CopyTags,EnableMapAutoTagging,EnableParametersEncryption,LargeVolumeConf,LaunchDisposition,Licensing,MapAutoTaggingMpeID,ParametersEncryptionKey,PostLaunchActions,SmallVolumeConf,SmallVolumeMaxSize,Tags^,TargetInstanceTypeRightSizingMethod Arn,Ec2LaunchTemplateID,LaunchConfigurationTemplateID
AWS::MGN::NetworkMigrationDefinition Description,Name!,ScopeTags,SourceConfigurations!,Tags,TargetDeployment,TargetNetwork!,TargetS3Configuration! Arn,CreatedAt,NetworkMigrationDefinitionID,UpdatedAt
AWS::MPA::ApprovalTeam ApprovalStrategy!,Approvers!,Description!,Name!^,Policies!^,Tags Arn,CreationTime,LastUpdateTime,NumberOfApprovers,Status,StatusCode,StatusMessage,UpdateSessionArn,VersionId
AWS::MPA::IdentitySource IdentitySourceParameters!^,Tags CreationTime,IdentitySourceArn,IdentitySourceParameters.IamIdentityCenter,IdentitySourceType,Status,StatusCode,StatusMessage
AWS::MSK::BatchScramSecret ClusterArn!^,SecretArnList 
AWS::MSK::Channel ChannelName!^,ClusterArn^,EncryptionConfiguration^,IcebergDestinationConfiguration,LoggingInfo^,S3DestinationConfiguration,Tags,TopicConfigurationList!^ ChannelArn,StateInfo,Status
AWS::MSK::Cluster BrokerNodeGroupInfo!,ClientAuthentication,ClusterName!^,ConfigurationInfo,CurrentVersion,EncryptionInfo,EnhancedMonitoring,KafkaVersion!,LoggingInfo,NumberOfBrokerNodes!,OpenMonitoring,Rebalancing,StorageMode,Tags,ZookeeperAccess Arn,CurrentVersion
AWS::MSK::ClusterPolicy ClusterArn!^,Policy! CurrentVersion
AWS::MSK::Configuration Description,KafkaVersionsList^,LatestRevision,Name!^,ServerProperties! Arn,LatestRevision.CreationTime,LatestRevision.Description,LatestRevision.Revision
AWS::MSK::Replicator Description^,KafkaClusters!^,LogDelivery,ReplicationInfoList!,ReplicatorName!^,ServiceExecutionRoleArn!^,Tags CurrentVersion,ReplicatorArn
AWS::MSK::ServerlessCluster ClientAuthentication!^,ClusterName!^,Tags^,VpcConfigs!^ Arn
AWS::MSK::Topic ClusterArn!^,Configs,PartitionCount!,ReplicationFactor!^,TopicName!^ TopicArn
AWS::MSK::VpcConnection Authentication!^,ClientSubnets!^,SecurityGroups!^,Tags,TargetClusterArn!^,VpcId!^ Arn
AWS::MWAA::Environment AirflowConfigurationOptions,AirflowVersion,DagS3Path,EndpointManagement^,EnvironmentClass,ExecutionRoleArn,KmsKey^,LoggingConfiguration,MaxWebservers,MaxWorkers,MinWebservers,MinWorkers,Name!^,NetworkConfiguration,PluginsS3ObjectVersion,PluginsS3Path,RequirementsS3ObjectVersion,RequirementsS3Path,Schedulers,SourceBucketArn,StartupScriptS3ObjectVersion,StartupScriptS3Path,Tags,WebserverAccessMode,WeeklyMaintenanceWindowStart,WorkerReplacementStrategy Arn,CeleryExecutorQueue,DatabaseVpcEndpointService,LoggingConfiguration.DagProcessingLogs,LoggingConfiguration.SchedulerLogs,LoggingConfiguration.TaskLogs,LoggingConfiguration.WebserverLogs,LoggingConfiguration.WorkerLogs,WebserverUrl,WebserverVpcEndpointService
AWS::MWAAServerless::Workflow Code,DefinitionS3Location!,Description,EncryptionConfiguration^,LoggingConfiguration,Name^,NetworkConfiguration,RoleArn!,Tags,TriggerMode CodeSnapshottedAt,CreatedAt,ModifiedAt,ScheduleConfiguration,WorkflowArn,WorkflowStatus,WorkflowVersion
AWS::Macie::AllowList Criteria!,Description,Name!,Tags Arn,Id,Status
AWS::Macie::CustomDataIdentifier Description^,IgnoreWords^,Keywords^,MaximumMatchDistance^,Name!^,Regex!^,Tags Arn,Id
AWS::Macie::FindingsFilter Action,Description,FindingCriteria!,Name!,Position,Tags Arn,FindingsFilterListItems,Id
AWS::Macie::Member AccountId!^,Email^,Tags AdministratorAccountId,Arn,RelationshipStatus,UpdatedAt
AWS::Macie::Session FindingPublishingFrequency,Status AutomatedDiscoveryStatus,AwsAccountId,ServiceRole
AWS::ManagedBlockchain::Accessor AccessorType!^,NetworkType^,Tags Arn,BillingToken,CreationDate,Id,Status
AWS::ManagedBlockchain::Member InvitationId,MemberConfiguration!,NetworkConfiguration,NetworkId MemberId,NetworkId
AWS::ManagedBlockchain::Node MemberId,NetworkId!,NodeConfiguration! Arn,MemberId,NetworkId,NodeId
AWS::MediaConnect::Bridge EgressGatewayBridge,IngressGatewayBridge,Name!,Outputs,PlacementArn!,SourceFailoverConfig,Sources! BridgeArn,BridgeState
AWS::MediaConnect::BridgeOutput BridgeArn!^,Name!^,NetworkOutput! 
AWS::MediaConnect::BridgeSource BridgeArn!^,FlowSource,Name!^,NetworkSource 
AWS::MediaConnect::Flow AvailabilityZone^,EncodingConfig,FlowSize,Maintenance,MediaStreams,Name!^,NdiConfig,Source!,SourceFailoverConfig,SourceMonitoringConfig,Tags,VpcInterfaces EgressIp,FlowArn,FlowAvailabilityZone,FlowNdiMachineName,Source.IngestIp,Source.SourceArn,Source.SourceIngestPort
AWS::MediaConnect::FlowEntitlement DataTransferSubscriberFeePercent^,Description!,Encryption,EntitlementStatus,FlowArn!^,Name!^,Subscribers!,Tags EntitlementArn
AWS::MediaConnect::FlowMediaStream Attributes,ClockRate,Description,FlowArn!^,MediaStreamId!^,MediaStreamName!^,MediaStreamType!,Tags,VideoFormat Arn,Fmt
AWS::MediaConnect::FlowOutput CidrAllowList,Description,Destination,Encryption,FlowArn!^,MaxLatency,MediaStreamOutputConfigurations,MinLatency,Name^,NdiOutputTimecodeSource,NdiProgramName,NdiSpeedHqQuality,OutputStatus,Port,Protocol,RemoteId,RouterIntegrationState,RouterIntegrationTransitEncryption,SmoothingLatency,StreamId,Tags,VpcInterfaceAttachment OutputArn
AWS::MediaConnect::FlowSource Decryption,Description!,EntitlementArn,FlowArn!^,GatewayBridgeSource,IngestPort,MaxBitrate,MaxLatency,MinLatency,Name!^,Protocol^,SenderControlPort,SenderIpAddress,SourceListenerAddress,SourceListenerPort,StreamId,Tags,VpcInterfaceName,WhitelistCidr IngestIp,SourceArn,SourceIngestPort
AWS::MediaConnect::FlowVpcInterface FlowArn!^,Name!^,RoleArn!,SecurityGroupIds!,SubnetId!,Tags NetworkInterfaceIds
AWS::MediaConnect::Gateway EgressCidrBlocks!^,Name!^,Networks!^ GatewayArn,GatewayState
AWS::MediaConnect::RouterInput AvailabilityZone^,Configuration!,ContentQualityAnalysisConfiguration,MaintenanceConfiguration,MaximumBitrate!,Name!,RegionName^,RoutingScope!,Tags,Tier!,TransitEncryption Arn,ContentQualityAnalysisType,CreatedAt,Id,InputType,IpAddress,MaintenanceType,RoutedOutputs,State,UpdatedAt
AWS::MediaConnect::RouterNetworkInterface Configuration!,Name!,RegionName^,Tags Arn,AssociatedInputCount,AssociatedOutputCount,CreatedAt,Id,NetworkInterfaceType,State,UpdatedAt
AWS::MediaConnect::RouterOutput AvailabilityZone^,Configuration!,FabricConfiguration,MaintenanceConfiguration,MaximumBitrate!,Name!,RegionName^,RoutingScope!,Tags,Tier! Arn,CreatedAt,Id,IpAddress,MaintenanceType,OutputType,RoutedState,State,UpdatedAt
AWS::MediaConvert::JobTemplate AccelerationSettings,Category,Description,HopDestinations,Name^,Priority,Queue,SettingsJson!,StatusUpdateInterval,Tags Arn,Name
AWS::MediaConvert::Preset Category,Description,Name^,SettingsJson!,Tags Arn,Name
AWS::MediaConvert::Queue ConcurrentJobs,Description,MaximumConcurrentFeeds,Name^,PricingPlan,Status,Tags Arn,Name
AWS::MediaLive::Channel AnywhereSettings,CdiInputSpecification,ChannelClass,ChannelEngineVersion,ChannelSecurityGroups,Destinations,DryRun,EncoderSettings,InferenceSettings,InputAttachments,InputSpecification,LinkedChannelSettings,LogLevel,Maintenance,Name,RoleArn,Tags,Vpc^ Arn,Id,Inputs
AWS::MediaLive::ChannelPlacementGroup ClusterId^,Name,Nodes,Tags Arn,Channels,Id,State
AWS::MediaLive::CloudWatchAlarmTemplate ComparisonOperator!,DatapointsToAlarm,Description,EvaluationPeriods!,GroupIdentifier,MetricName!,Name!,Period!,Statistic!,Tags^,TargetResourceType!,Threshold!,TreatMissingData! Arn,CreatedAt,GroupId,Id,Identifier,ModifiedAt
AWS::MediaLive::CloudWatchAlarmTemplateGroup Description,Name!^,Tags^ Arn,CreatedAt,Id,Identifier,ModifiedAt
AWS::MediaLive::Cluster ClusterType^,InstanceRoleArn^,Name,NetworkSettings,Tags Arn,ChannelIds,Id,State
AWS::MediaLive::EventBridgeRuleTemplate Description,EventTargets,EventType!,GroupIdentifier,Name!,Tags^ Arn,CreatedAt,GroupId,Id,Identifier,ModifiedAt
AWS::MediaLive::EventBridgeRuleTemplateGroup Description,Name!^,Tags^ Arn,CreatedAt,Id,Identifier,ModifiedAt
AWS::MediaLive::Input Destinations,InputDevices,InputNetworkLocation^,InputSecurityGroups,MediaConnectFlows,MulticastSettings,Name,RoleArn,RouterSettings^,SdiSources,Smpte2110ReceiverGroupSettings,Sources,SrtSettings,Tags,Type^,Vpc^ Arn,Destinations,Id,Sources
AWS::MediaLive::InputSecurityGroup Tags^,WhitelistRules Arn,Id
AWS::MediaLive::Multiplex AvailabilityZones!^,Destinations,MultiplexSettings!,Name!,Tags Arn,Id,PipelinesRunningCount,ProgramCount,State
AWS::MediaLive::Multiplexprogram MultiplexId^,MultiplexProgramSettings,PacketIdentifiersMap,PipelineDetails,PreferredChannelPipeline,ProgramName^ ChannelId
AWS::MediaLive::Network IpPools!,Name!,Routes,Tags Arn,AssociatedClusterIds,Id,State
AWS::MediaLive::Node ClusterId!^,Name,NodeInterfaceMappings^,Role,SdiSourceMappings,Tags Arn,ChannelPlacementGroups,ConnectionState,Id,InstanceArn,State
AWS::MediaLive::SdiSource Mode,Name!,Tags,Type! Arn,Id,Inputs,State
AWS::MediaLive::SignalMap CloudWatchAlarmTemplateGroupIdentifiers,Description,DiscoveryEntryPointArn!,EventBridgeRuleTemplateGroupIdentifiers,ForceRediscovery,Name!,Tags^ Arn,CloudWatchAlarmTemplateGroupIds,CreatedAt,ErrorMessage,EventBridgeRuleTemplateGroupIds,FailedMediaResourceMap,Id,Identifier,LastDiscoveredAt,LastSuccessfulMonitorDeployment,MediaResourceMap,ModifiedAt,MonitorChangesPendingDeployment,MonitorDeployment,Status
AWS::MediaPackage::Asset EgressEndpoints,Id!^,PackagingGroupId!,ResourceId,SourceArn!,SourceRoleArn!,Tags^ Arn,CreatedAt
AWS::MediaPackage::Channel Description,EgressAccessLogs,HlsIngest,Id!^,IngressAccessLogs,Tags^ Arn
AWS::MediaPackage::OriginEndpoint Authorization,ChannelId!,CmafPackage,DashPackage,Description,HlsPackage,Id!^,ManifestName,MssPackage,Origination,StartoverWindowSeconds,Tags,TimeDelaySeconds,Whitelist Arn,Url
AWS::MediaPackage::PackagingConfiguration CmafPackage,DashPackage,HlsPackage,Id!^,MssPackage,PackagingGroupId!,Tags Arn
AWS::MediaPackage::PackagingGroup Authorization,EgressAccessLogs,Id!^,Tags^ Arn,DomainName
AWS::MediaPackageV2::Channel ChannelGroupName!^,ChannelName!^,Description,InputSwitchConfiguration,InputType^,MultiviewConfiguration,OutputHeaderConfiguration,OutputLockingMode^,Tags Arn,AttachedMultiviewChannels,CreatedAt,IngestEndpointUrls,IngestEndpoints,ModifiedAt
AWS::MediaPackageV2::ChannelGroup ChannelGroupName!^,Description,Tags Arn,CreatedAt,EgressDomain,ModifiedAt
AWS::MediaPackageV2::ChannelPolicy ChannelGroupName!^,ChannelName!^,Policy! 
AWS::MediaPackageV2::OriginEndpoint ChannelGroupName!^,ChannelName!^,ContainerType!,DashManifests,Description,ForceEndpointErrorConfiguration,HlsManifests,LowLatencyHlsManifests,MssManifests,OriginEndpointName!^,Segment,StartoverWindowSeconds,StreamNameOutputMode,Tags,UriSeparator Arn,CreatedAt,DashManifestUrls,HlsManifestUrls,LowLatencyHlsManifestUrls,ModifiedAt,MssManifestUrls
AWS::MediaPackageV2::OriginEndpointPolicy CdnAuthConfiguration,ChannelGroupName!^,ChannelName!^,OriginEndpointName!^,Policy! 
AWS::MediaStore::Container AccessLoggingEnabled,ContainerName!^,CorsPolicy,LifecyclePolicy,MetricPolicy,Policy,Tags Endpoint,Id
AWS::MediaTailor::Channel Audiences,ChannelName!^,FillerSlate,LogConfiguration,Outputs!,PlaybackMode!,Tags,Tier^,TimeShiftConfiguration Arn
AWS::MediaTailor::ChannelPolicy ChannelName!^,Policy! 
AWS::MediaTailor::Function ConcurrentExecutorConfiguration,CustomOutputConfiguration,Description,FunctionId!^,FunctionType!,HttpRequestConfiguration,SequentialExecutorConfiguration,Tags Arn
AWS::MediaTailor::LiveSource HttpPackageConfigurations!,LiveSourceName!^,SourceLocationName!^,Tags Arn
AWS::MediaTailor::PlaybackConfiguration AdConditioningConfiguration,AdDecisionServerConfiguration,AdDecisionServerUrl!,AdsPersonalizationConcurrency,AdsPersonalizationTimeouts,AvailSuppression,Bumper,CdnConfiguration,ConfigurationAliases,DashConfiguration,FunctionMapping,HlsConfiguration,InsertionMode,LivePreRollConfiguration,LogConfiguration,ManifestProcessingRules,Name!^,PersonalizationThresholdSeconds,SlateAdUrl,Tags,TranscodeProfileName,VideoContentSourceUrl! DashConfiguration.ManifestEndpointPrefix,HlsConfiguration.ManifestEndpointPrefix,PlaybackConfigurationArn,PlaybackEndpointPrefix,SessionInitializationEndpointPrefix
AWS::MediaTailor::PrefetchSchedule Consumption^,Name!^,PlaybackConfigurationName!^,RecurringPrefetchConfiguration^,Retrieval^,ScheduleType^,StreamId^,Tags Arn
AWS::MediaTailor::SourceLocation AccessConfiguration,DefaultSegmentDeliveryConfiguration,HttpConfiguration!,SegmentDeliveryConfigurations,SourceLocationName!^,Tags Arn
AWS::MediaTailor::VodSource HttpPackageConfigurations!,SourceLocationName!^,Tags,VodSourceName!^ Arn
AWS::MemoryDB::ACL ACLName!^,Tags,UserNames Arn,Status
AWS::MemoryDB::Cluster ACLName!,AutoMinorVersionUpgrade,ClusterEndpoint,ClusterName!^,DataTiering^,Description,Engine,EngineVersion,FinalSnapshotName,IpDiscovery,KmsKeyId^,MaintenanceWindow,MultiRegionClusterName^,NetworkType^,NodeType!,NumReplicasPerShard,NumShards,ParameterGroupName,Port^,SecurityGroupIds,SnapshotArns^,SnapshotName^,SnapshotRetentionLimit,SnapshotWindow,SnsTopicArn,SnsTopicStatus,SubnetGroupName^,TLSEnabled^,Tags ARN,ClusterEndpoint.Address,ClusterEndpoint.Port,ParameterGroupStatus,Status
AWS::MemoryDB::MultiRegionCluster Description,Engine,EngineVersion^,MultiRegionClusterNameSuffix^,MultiRegionParameterGroupName^,NodeType!,NumShards,TLSEnabled^,Tags,UpdateStrategy ARN,MultiRegionClusterName,Status
AWS::MemoryDB::ParameterGroup Description^,Family!^,ParameterGroupName!^,Parameters,Tags ARN
AWS::MemoryDB::Snapshot ClusterName!^,KmsKeyId^,SnapshotName!^,Tags Arn,ClusterConfiguration,DataTiering,Source,Status
AWS::MemoryDB::SubnetGroup Description,SubnetGroupName!^,SubnetIds!,Tags ARN,SupportedNetworkTypes
AWS::MemoryDB::User AccessString,AuthenticationMode,Tags,UserName!^ Arn,Status
AWS::Neptune::DBCluster AssociatedRoles,AvailabilityZones^,BackupRetentionPeriod,CopyTagsToSnapshot,DBClusterIdentifier^,DBClusterParameterGroupName,DBInstanceParameterGroupName,DBPort,DBSubnetGroupName^,DeletionProtection,EnableCloudwatchLogsExports,EngineVersion,GlobalClusterIdentifier^,IamAuthEnabled,KmsKeyId^,NetworkType,PreferredBackupWindow,PreferredMaintenanceWindow,RestoreToTime^,RestoreType^,ServerlessScalingConfiguration,SnapshotIdentifier^,SourceDBClusterIdentifier^,StorageEncrypted^,Tags,UseLatestRestorableTime^,VpcSecurityGroupIds ClusterResourceId,Endpoint,Port,ReadEndpoint
AWS::Neptune::DBClusterParameterGroup Description!^,Family!^,Name^,Parameters!,Tags 
AWS::Neptune::DBInstance AllowMajorVersionUpgrade,AutoMinorVersionUpgrade,AvailabilityZone^,DBClusterIdentifier^,DBInstanceClass!,DBInstanceIdentifier^,DBParameterGroupName,DBSnapshotIdentifier^,DBSubnetGroupName^,PreferredMaintenanceWindow,PubliclyAccessible,Tags Endpoint,Port
AWS::Neptune::DBParameterGroup Description!^,Family!^,Name^,Parameters!,Tags 
AWS::Neptune::DBSubnetGroup DBSubnetGroupDescription!,DBSubnetGroupName^,SubnetIds!,Tags 
AWS::Neptune::EventSubscription Enabled,EventCategories,SnsTopicArn!^,SourceIds,SourceType,SubscriptionName^,Tags 
AWS::Neptune::GlobalCluster DeletionProtection,EngineVersion,Engine^,GlobalClusterIdentifier^,SourceDBClusterIdentifier^,StorageEncrypted^,Tags 
AWS::NeptuneGraph::Graph DeletionProtection,GraphName^,ImportTask^,KmsKeyIdentifier^,ProvisionedMemory!,PublicConnectivity,ReplicaCount^,Tags,VectorSearchConfiguration^ Endpoint,GraphArn,GraphId
AWS::NeptuneGraph::GraphSnapshot GraphIdentifier!^,SnapshotName!^,Tags Arn,Id,KmsKeyIdentifier,SnapshotCreateTime,Status
AWS::NeptuneGraph::PrivateGraphEndpoint GraphIdentifier!^,SecurityGroupIds^,SubnetIds^,VpcId!^ PrivateGraphEndpointIdentifier,VpcEndpointId
AWS::NetworkFirewall::ContainerAssociation ContainerAssociationName!^,ContainerMonitoringConfigurations!,Description,Tags,Type!^ ContainerAssociationArn,ResolvedCidrCount,Status
AWS::NetworkFirewall::Firewall AvailabilityZoneChangeProtection,AvailabilityZoneMappings,DeleteProtection,Description,EnabledAnalysisTypes,FirewallName!^,FirewallPolicyArn!,FirewallPolicyChangeProtection,SubnetChangeProtection,SubnetMappings,Tags,TransitGatewayId,VpcId^ EndpointIds,FirewallArn,FirewallId,TransitGatewayAttachmentId
AWS::NetworkFirewall::FirewallPolicy Description,FirewallPolicy!,FirewallPolicyName!^,Tags FirewallPolicyArn,FirewallPolicyId
AWS::NetworkFirewall::LoggingConfiguration EnableMonitoringDashboard,FirewallArn!^,FirewallName^,LoggingConfiguration! 
AWS::NetworkFirewall::RuleGroup Capacity!^,Description,RuleGroup,RuleGroupName!^,SummaryConfiguration,Tags,Type!^ RuleGroupArn,RuleGroupId
AWS::NetworkFirewall::TLSInspectionConfiguration Description,TLSInspectionConfiguration!,TLSInspectionConfigurationName!^,Tags TLSInspectionConfigurationArn,TLSInspectionConfigurationId
AWS::NetworkFirewall::VpcEndpointAssociation Description^,FirewallArn!^,SubnetMapping!^,Tags,VpcId!^ EndpointId,VpcEndpointAssociationArn,VpcEndpointAssociationId
AWS::NetworkFlowMonitor::Monitor LocalResources!,MonitorName!^,RemoteResources,ScopeArn^,Tags Arn,CreatedAt,ModifiedAt,MonitorStatus
AWS::NetworkFlowMonitor::Scope Tags,Targets!^ ScopeArn,ScopeId,Status
AWS::NetworkManager::ConnectAttachment CoreNetworkId!^,EdgeLocation!^,NetworkFunctionGroupName,Options!^,ProposedSegmentChange,RoutingPolicyLabel,Tags,TransportAttachmentId!^ AttachmentId,AttachmentPolicyRuleNumber,AttachmentType,CoreNetworkArn,CreatedAt,LastModificationErrors,OwnerAccountId,ProposedNetworkFunctionGroupChange,ProposedSegmentChange,ResourceArn,SegmentName,State,UpdatedAt
AWS::NetworkManager::ConnectPeer BgpOptions^,ConnectAttachmentId!^,CoreNetworkAddress^,InsideCidrBlocks^,PeerAddress!^,SubnetArn^,Tags Configuration,Configuration.BgpConfigurations,Configuration.CoreNetworkAddress,Configuration.InsideCidrBlocks,Configuration.PeerAddress,Configuration.Protocol,ConnectPeerId,CoreNetworkId,CreatedAt,EdgeLocation,LastModificationErrors,State
AWS::NetworkManager::Connection ConnectedDeviceId!^,ConnectedLinkId,Description,DeviceId!^,GlobalNetworkId!^,LinkId,Tags ConnectionArn,ConnectionId,CreatedAt,State
AWS::NetworkManager::CoreNetwork Description,GlobalNetworkId!^,PolicyDocument,Tags CoreNetworkArn,CoreNetworkId,CreatedAt,Edges,NetworkFunctionGroups,OwnerAccount,Segments,State
AWS::NetworkManager::CoreNetworkPrefixListAssociation CoreNetworkId!^,PrefixListAlias!^,PrefixListArn!^ 
AWS::NetworkManager::CustomerGatewayAssociation CustomerGatewayArn!^,DeviceId!^,GlobalNetworkId!^,LinkId^ 
AWS::NetworkManager::Device AWSLocation,Description,GlobalNetworkId!^,Location,Model,SerialNumber,SiteId,Tags,Type,Vendor CreatedAt,DeviceArn,DeviceId,State
AWS::NetworkManager::DirectConnectGatewayAttachment CoreNetworkId!^,DirectConnectGatewayArn!^,EdgeLocations!,RoutingPolicyLabel,Tags AttachmentId,AttachmentPolicyRuleNumber,AttachmentType,CoreNetworkArn,CreatedAt,LastModificationErrors,NetworkFunctionGroupName,OwnerAccountId,ProposedNetworkFunctionGroupChange,ProposedSegmentChange,ResourceArn,SegmentName,State,UpdatedAt
AWS::NetworkManager::GlobalNetwork CreatedAt,Description,State,Tags Arn,Id
AWS::NetworkManager::Link Bandwidth!,Description,GlobalNetworkId!^,Provider,SiteId!^,Tags,Type CreatedAt,LinkArn,LinkId,State
AWS::NetworkManager::LinkAssociation DeviceId!^,GlobalNetworkId!^,LinkId!^ 
AWS::NetworkManager::Site Description,GlobalNetworkId!^,Location,Tags CreatedAt,SiteArn,SiteId,State
AWS::NetworkManager::SiteToSiteVpnAttachment CoreNetworkId!^,NetworkFunctionGroupName,ProposedSegmentChange,RoutingPolicyLabel,Tags,VpnConnectionArn!^ AttachmentId,AttachmentPolicyRuleNumber,AttachmentType,CoreNetworkArn,CreatedAt,EdgeLocation,LastModificationErrors,OwnerAccountId,ProposedNetworkFunctionGroupChange,ProposedSegmentChange,ResourceArn,SegmentName,State,UpdatedAt
AWS::NetworkManager::TransitGatewayPeering CoreNetworkId!^,Tags,TransitGatewayArn!^ CoreNetworkArn,CreatedAt,EdgeLocation,LastModificationErrors,OwnerAccountId,PeeringId,PeeringType,ResourceArn,State,TransitGatewayPeeringAttachmentId
AWS::NetworkManager::TransitGatewayRegistration GlobalNetworkId!^,TransitGatewayArn!^ 
AWS::NetworkManager::TransitGatewayRouteTableAttachment NetworkFunctionGroupName,PeeringId!^,ProposedSegmentChange,RoutingPolicyLabel,Tags,TransitGatewayRouteTableArn!^ AttachmentId,AttachmentPolicyRuleNumber,AttachmentType,CoreNetworkArn,CoreNetworkId,CreatedAt,EdgeLocation,LastModificationErrors,OwnerAccountId,ProposedNetworkFunctionGroupChange,ProposedSegmentChange,ResourceArn,SegmentName,State,UpdatedAt
AWS::NetworkManager::VpcAttachment CoreNetworkId!^,Options,ProposedSegmentChange,RoutingPolicyLabel,SubnetArns!,Tags,VpcArn!^ AttachmentId,AttachmentPolicyRuleNumber,AttachmentType,CoreNetworkArn,CreatedAt,EdgeLocation,LastModificationErrors,NetworkFunctionGroupName,OwnerAccountId,ProposedNetworkFunctionGroupChange,ProposedSegmentChange,ResourceArn,SegmentName,State,UpdatedAt
AWS::NetworkMonitor::Monitor AggregationPeriod,MonitorName!^,Tags CreatedAt,ModifiedAt,MonitorArn,State
AWS::NimbleStudio::LaunchProfile Description,Ec2SubnetIds!^,LaunchProfileProtocolVersions!,Name!,StreamConfiguration!,StudioComponentIds!,StudioId!^,Tags^ LaunchProfileId
AWS::NimbleStudio::StreamingImage Description,Ec2ImageId!^,Name!,StudioId!^,Tags^ EncryptionConfiguration,EncryptionConfiguration.KeyArn,EncryptionConfiguration.KeyType,EulaIds,Owner,Platform,StreamingImageId
AWS::NimbleStudio::Studio AdminRoleArn!,DisplayName!,StudioEncryptionConfiguration,StudioName!^,Tags^,UserRoleArn! HomeRegion,SsoClientId,StudioId,StudioUrl
AWS::NimbleStudio::StudioComponent Configuration,Description,Ec2SecurityGroupIds,InitializationScripts,Name!,ScriptParameters,StudioId!^,Subtype^,Tags^,Type! StudioComponentId
AWS::Notifications::ChannelAssociation Arn!^,NotificationConfigurationArn!^ 
AWS::Notifications::EventRule EventPattern,EventType!^,NotificationConfigurationArn!^,Regions!,Source!^ Arn,CreationTime,ManagedRules,StatusSummaryByRegion
AWS::Notifications::ManagedNotificationAccountContactAssociation ContactIdentifier!^,IsSensitiveEventsSubscribed,ManagedNotificationConfigurationArn!^ 
AWS::Notifications::ManagedNotificationAdditionalChannelAssociation ChannelArn!^,IsSensitiveEventsSubscribed,ManagedNotificationConfigurationArn!^ 
AWS::Notifications::NotificationConfiguration AggregationDuration,Description!,Name!,Tags^ Arn,CreationTime,Status
AWS::Notifications::NotificationHub Region!^ CreationTime,NotificationHubStatusSummary
AWS::Notifications::OrganizationalUnitAssociation NotificationConfigurationArn!^,OrganizationalUnitId!^ 
AWS::NotificationsContacts::EmailContact EmailAddress!^,Name!^,Tags^ Arn,EmailContact,EmailContact.Address,EmailContact.Arn,EmailContact.CreationTime,EmailContact.Name,EmailContact.Status,EmailContact.UpdateTime
AWS::NovaAct::WorkflowDefinition Description^,ExportConfig^,Name!^ Arn,CreatedAt,Status
AWS::ODB::CloudAutonomousVmCluster AutonomousDataStorageSizeInTBs^,CloudExadataInfrastructureId^,CpuCoreCountPerNode^,DbServers^,Description^,DisplayName^,IamRoles,IsMtlsEnabledVmCluster^,LicenseModel^,MaintenanceWindow^,MemoryPerOracleComputeUnitInGBs^,OdbNetworkId^,ScanListenerPortNonTls^,ScanListenerPortTls^,Tags,TimeZone^,TotalContainerDatabases^ AutonomousDataStoragePercentage,AvailableAutonomousDataStorageSizeInTBs,AvailableContainerDatabases,AvailableCpus,CloudAutonomousVmClusterArn,CloudAutonomousVmClusterId,ComputeModel,CpuCoreCount,CpuPercentage,DataStorageSizeInGBs,DataStorageSizeInTBs,DbNodeStorageSizeInGBs,Domain,ExadataStorageInTBsLowestScaledValue,Hostname,MaxAcdsLowestScaledValue,MemorySizeInGBs,NodeCount,NonProvisionableAutonomousContainerDatabases,OciResourceAnchorName,OciUrl,Ocid,ProvisionableAutonomousContainerDatabases,ProvisionedAutonomousContainerDatabases,ProvisionedCpus,ReclaimableCpus,ReservedCpus,Shape
AWS::ODB::CloudExadataInfrastructure AvailabilityZoneId^,AvailabilityZone^,ComputeCount^,CustomerContactsToSendToOCI^,DatabaseServerType^,DisplayName^,MaintenanceWindow,Shape^,StorageCount^,StorageServerType^,Tags ActivatedStorageCount,AdditionalStorageCount,AvailableStorageSizeInGBs,CloudExadataInfrastructureArn,CloudExadataInfrastructureId,ComputeModel,CpuCount,DataStorageSizeInTBs,DbNodeStorageSizeInGBs,DbServerIds,DbServerVersion,MaxCpuCount,MaxDataStorageInTBs,MaxDbNodeStorageSizeInGBs,MaxMemoryInGBs,MemorySizeInGBs,OciResourceAnchorName,OciUrl,Ocid,StorageServerVersion,TotalStorageSizeInGBs
AWS::ODB::CloudVmCluster CloudExadataInfrastructureId^,ClusterName^,CpuCoreCount^,DataCollectionOptions^,DataStorageSizeInTBs^,DbNodeStorageSizeInGBs^,DbNodes,DbServers^,DisplayName^,GiVersion^,Hostname^,IamRoles,IsLocalBackupEnabled^,IsSparseDiskgroupEnabled^,LicenseModel^,MemorySizeInGBs^,OdbNetworkId^,ScanListenerPortTcp^,SshPublicKeys^,SystemVersion^,Tags,TimeZone^ CloudVmClusterArn,CloudVmClusterId,ComputeModel,DiskRedundancy,Domain,ListenerPort,NodeCount,OciResourceAnchorName,OciUrl,Ocid,ScanDnsName,ScanIpIds,Shape,StorageSizeInGBs,VipIds
AWS::ODB::OdbNetwork AvailabilityZoneId^,AvailabilityZone^,BackupSubnetCidr^,ClientSubnetCidr^,CrossRegionS3RestoreSources,CustomDomainName^,DefaultDnsPrefix^,DeleteAssociatedResources,DisplayName,KmsAccess,KmsPolicyDocument,S3Access,S3PolicyDocument,StsAccess,StsPolicyDocument,Tags,ZeroEtlAccess Ec2PlacementGroupIds,ManagedServices,OciNetworkAnchorId,OciResourceAnchorName,OciVcnUrl,OdbNetworkArn,OdbNetworkId
AWS::ODB::OdbPeeringConnection AdditionalPeerNetworkCidrs,DisplayName,OdbNetworkId^,PeerNetworkId^,PeerNetworkRouteTableIds^,Tags OdbNetworkArn,OdbPeeringConnectionArn,OdbPeeringConnectionId,PeerNetworkArn,PeerNetworkCidrs
AWS::OSIS::Pipeline BufferOptions,EncryptionAtRestOptions,LogPublishingOptions,MaxUnits!,MinUnits!,PipelineConfigurationBody!,PipelineName!^,PipelineRoleArn,ResourcePolicy,Tags,VpcOptions IngestEndpointUrls,PipelineArn,VpcEndpointService,VpcEndpoints
AWS::Oam::Link LabelTemplate^,LinkConfiguration,ResourceTypes!,SinkIdentifier!^,Tags Arn,Label
AWS::Oam::Sink Name!^,Policy,Tags Arn
AWS::ObservabilityAdmin::OrganizationCentralizationRule Rule!,RuleName!^,Tags RuleArn
AWS::ObservabilityAdmin::OrganizationTelemetryRule Rule!,RuleName!^,Tags RegionStatuses,RuleArn
AWS::ObservabilityAdmin::S3TableIntegration Encryption!^,LogSources,RoleArn!^,Tags Arn
AWS::ObservabilityAdmin::TelemetryEnrichment Scope!^ Status
AWS::ObservabilityAdmin::TelemetryPipelines Configuration!,Name^,Tags Arn,Pipeline,PipelineIdentifier,Status,StatusReason
AWS::ObservabilityAdmin::TelemetryRule Rule!,RuleName!^,Tags RegionStatuses,RuleArn
AWS::Omics::AnnotationStore Description,Name!^,Reference^,SseConfig^,StoreFormat!^,StoreOptions^,Tags^ CreationTime,Id,Status,StatusMessage,StoreArn,StoreSizeBytes,UpdateTime
AWS::Omics::Configuration Description,Name!^,RunConfigurations!^,Tags Arn,CreationTime,Status,Uuid
AWS::Omics::ReferenceStore Description^,Name!^,SseConfig^,Tags^ Arn,CreationTime,ReferenceStoreId
AWS::Omics::RunCache CacheBehavior,CacheBucketOwnerId^,CacheS3Location^,Description,Name,Tags Arn,CreationTime,Id,Status
AWS::Omics::RunGroup MaxCpus,MaxDuration,MaxGpus,MaxRuns,Name,Tags Arn,CreationTime,Id
AWS::Omics::SequenceStore AccessLogLocation,Description^,ETagAlgorithmFamily^,FallbackLocation^,Name!^,PropagatedSetLevelTags,S3AccessPolicy,SseConfig^,Tags^ Arn,CreationTime,S3AccessPointArn,S3Uri,SequenceStoreId,Status,StatusMessage,UpdateTime
AWS::Omics::VariantStore Description,Name!^,Reference!^,SseConfig^,Tags^ CreationTime,Id,Status,StatusMessage,StoreArn,StoreSizeBytes,UpdateTime
AWS::Omics::Workflow Accelerators^,ContainerRegistryMapUri^,ContainerRegistryMap^,DefinitionRepository^,DefinitionUri^,Description,Engine^,Main^,Name,ParameterTemplatePath^,ParameterTemplate^,StorageCapacity^,StorageType,Tags,WorkflowBucketOwnerId^,readmeMarkdown,readmePath^,readmeUri^ Arn,CreationTime,Id,Status,Type,Uuid
AWS::Omics::WorkflowVersion Accelerators^,ContainerRegistryMapUri^,ContainerRegistryMap^,DefinitionRepository^,DefinitionUri^,Description,Engine^,Main^,ParameterTemplatePath^,ParameterTemplate^,StorageCapacity,StorageType,Tags,VersionName!^,WorkflowBucketOwnerId^,WorkflowId!^,readmeMarkdown,readmePath^,readmeUri^ Arn,CreationTime,Status,Type,Uuid
AWS::OpenSearch::DataSource DataSourceType!,Description,DomainName!^,Name!^ Arn,Status
AWS::OpenSearchServerless::AccessPolicy Description,Name!^,Policy!,Type!^ 
AWS::OpenSearchServerless::Collection CollectionGroupName^,DeletionProtection,Description,EncryptionConfig^,Name!^,StandbyReplicas^,Tags^,Type^,VectorOptions Arn,CollectionEndpoint,DashboardEndpoint,FipsEndpoints,Id,KmsKeyArn
AWS::OpenSearchServerless::CollectionGroup CapacityLimits,Description,Generation^,Name!^,StandbyReplicas!^,Tags Arn,Id
AWS::OpenSearchServerless::CollectionIndex Id!^,IndexName!^,IndexSchema 
AWS::OpenSearchServerless::Index CollectionEndpoint!^,IndexName!^,Mappings,Settings Uuid
AWS::OpenSearchServerless::LifecyclePolicy Description,Name!^,Policy!,Type!^ 
AWS::OpenSearchServerless::SecurityConfig Description,IamFederationOptions,IamIdentityCenterOptions,Name^,SamlOptions,Type^ IamIdentityCenterOptions.ApplicationArn,IamIdentityCenterOptions.ApplicationDescription,IamIdentityCenterOptions.ApplicationName,Id
AWS::OpenSearchServerless::SecurityPolicy Description,Name!^,Policy!,Type!^ 
AWS::OpenSearchServerless::VpcEndpoint Name!^,SecurityGroupIds,SubnetIds!,VpcId!^ Id
AWS::OpenSearchService::Application AppConfigs,DataSources,Endpoint,IamIdentityCenterOptions,KmsKeyArn^,Name!^,Tags Arn,Id
AWS::OpenSearchService::Domain AIMLOptions,AccessPolicies,AdvancedOptions,AdvancedSecurityOptions,AutomatedSnapshotPauseOptions,ClusterConfig,CognitoOptions,DeploymentStrategyOptions,DomainArn,DomainEndpointOptions,DomainName^,EBSOptions,EncryptionAtRestOptions,EngineMode^,EngineVersion,IPAddressType,IdentityCenterOptions,LogPublishingOptions,NodeToNodeEncryptionOptions,OffPeakWindowOptions,SkipShardMigrationWait,SnapshotOptions,SoftwareUpdateOptions,Tags,UseCase,VPCOptions AdvancedSecurityOptions.AnonymousAuthDisableDate,Arn,DomainEndpoint,DomainEndpointV2,DomainEndpoints,Id,IdentityCenterOptions.IdentityCenterApplicationARN,IdentityCenterOptions.IdentityStoreId,ServiceSoftwareOptions,ServiceSoftwareOptions.AutomatedUpdateDate,ServiceSoftwareOptions.Cancellable,ServiceSoftwareOptions.CurrentVersion,ServiceSoftwareOptions.Description,ServiceSoftwareOptions.NewVersion,ServiceSoftwareOptions.OptionalDeployment,ServiceSoftwareOptions.UpdateAvailable,ServiceSoftwareOptions.UpdateStatus
AWS::OpsWorks::App AppSource,Attributes,DataSources,Description,Domains,EnableSsl,Environment,Name!,Shortname^,SslConfiguration,StackId!^,Type! 
AWS::OpsWorks::ElasticLoadBalancerAttachment ElasticLoadBalancerName!,LayerId! 
AWS::OpsWorks::Instance AgentVersion,AmiId,Architecture,AutoScalingType^,AvailabilityZone^,BlockDeviceMappings^,EbsOptimized^,ElasticIps,Hostname,InstallUpdatesOnBoot,InstanceType!,LayerIds!,Os,RootDeviceType^,SshKeyName,StackId!^,SubnetId^,Tenancy^,TimeBasedAutoScaling^,VirtualizationType^,Volumes AvailabilityZone,PrivateDnsName,PrivateIp,PublicDnsName,PublicIp
AWS::OpsWorks::Layer Attributes,AutoAssignElasticIps!,AutoAssignPublicIps!,CustomInstanceProfileArn,CustomJson,CustomRecipes,CustomSecurityGroupIds,EnableAutoHealing!,InstallUpdatesOnBoot,LifecycleEventConfiguration,LoadBasedAutoScaling,Name!,Packages,Shortname!,StackId!^,Tags,Type!^,UseEbsOptimizedInstances,VolumeConfigurations 
AWS::OpsWorks::Stack AgentVersion,Attributes,ChefConfiguration,CloneAppIds^,ClonePermissions^,ConfigurationManager,CustomCookbooksSource,CustomJson,DefaultAvailabilityZone,DefaultInstanceProfileArn!,DefaultOs,DefaultRootDeviceType,DefaultSshKeyName,DefaultSubnetId,EcsClusterArn,ElasticIps,HostnameTheme,Name!,RdsDbInstances,ServiceRoleArn!^,SourceStackId^,Tags,UseCustomCookbooks,UseOpsworksSecurityGroups,VpcId^ 
AWS::OpsWorks::UserProfile AllowSelfManagement,IamUserArn!^,SshPublicKey,SshUsername SshUsername
AWS::OpsWorks::Volume Ec2VolumeId!^,MountPoint,Name,StackId!^ 
AWS::OpsWorksCM::Server AssociatePublicIpAddress^,BackupId^,BackupRetentionCount,CustomCertificate^,CustomDomain^,CustomPrivateKey^,DisableAutomatedBackup,EngineAttributes,EngineModel^,EngineVersion^,Engine^,InstanceProfileArn!^,InstanceType!^,KeyPair^,PreferredBackupWindow,PreferredMaintenanceWindow,SecurityGroupIds^,ServiceRoleArn!^,SubnetIds^,Tags Arn,Endpoint,ServerName
AWS::Organizations::Account AccountName!,Email!,ParentIds,RoleName,Tags AccountId,Arn,JoinedMethod,JoinedTimestamp,Paths,State,Status
AWS::Organizations::Organization FeatureSet Arn,Id,ManagementAccountArn,ManagementAccountEmail,ManagementAccountId,RootId
AWS::Organizations::OrganizationalUnit Name!,ParentId!^,Tags Arn,Id,Path
AWS::Organizations::Policy Content!,Description,Name!,Tags,TargetIds,Type!^ Arn,AwsManaged,Id
AWS::Organizations::ResourcePolicy Content!,Tags Arn,Id
AWS::Outposts::Outpost AvailabilityZoneId^,AvailabilityZone^,Description,Name!,SiteId!^,SupportedHardwareType,Tags LifeCycleStatus,OutpostArn,OutpostId,OwnerId,SiteArn
AWS::Outposts::Site Description,Name!,Notes,OperatingAddress^,RackPhysicalProperties,ShippingAddress^,Tags SiteArn,SiteId
AWS::PCAConnectorAD::Connector CertificateAuthorityArn!^,DirectoryId!^,Tags,VpcInformation!^ ConnectorArn
AWS::PCAConnectorAD::DirectoryRegistration DirectoryId!^,Tags DirectoryRegistrationArn
AWS::PCAConnectorAD::ServicePrincipalName ConnectorArn!^,DirectoryRegistrationArn!^ 
AWS::PCAConnectorAD::Template ConnectorArn!^,Definition!,Name!^,ReenrollAllCertificateHolders,Tags TemplateArn
AWS::PCAConnectorAD::TemplateGroupAccessControlEntry AccessRights!,GroupDisplayName!,GroupSecurityIdentifier!^,TemplateArn!^ 
AWS::PCAConnectorSCEP::Challenge ConnectorArn!^,Tags ChallengeArn
AWS::PCAConnectorSCEP::Connector CertificateAuthorityArn!^,MobileDeviceManagement^,Tags,VpcEndpointId^ ConnectorArn,Endpoint,OpenIdConfiguration,Type
AWS::PCS::Cluster Name^,Networking!^,Scheduler!,Size!^,SlurmConfiguration,Tags Arn,Endpoints,ErrorInfo,Id,Status
AWS::PCS::ComputeNodeGroup AmiId,ClusterId!^,CustomLaunchTemplate!,IamInstanceProfileArn!,InstanceConfigs!^,Name^,NodeLifecycleActions,PurchaseOption,ScalingConfiguration!,SlurmConfiguration,SpotOptions,SubnetIds!,Tags Arn,ErrorInfo,Id,Status
AWS::PCS::Queue ClusterId!^,ComputeNodeGroupConfigurations,Name^,SlurmConfiguration,Tags Arn,ErrorInfo,Id,Status
AWS::PI::PerfReports EndTime!^,Identifier!^,ServiceType!^,StartTime!^,Tags^ AnalysisReportId,Arn,CreateTime,Status
AWS::Panorama::ApplicationInstance ApplicationInstanceIdToReplace^,DefaultRuntimeContextDevice!^,Description^,ManifestOverridesPayload^,ManifestPayload!^,Name^,RuntimeRoleArn^,Tags ApplicationInstanceId,Arn,CreatedTime,DefaultRuntimeContextDeviceName,HealthStatus,LastUpdatedTime,Status,StatusDescription
AWS::Panorama::Package PackageName!^,StorageLocation,Tags Arn,CreatedTime,PackageId,StorageLocation.BinaryPrefixLocation,StorageLocation.Bucket,StorageLocation.GeneratedPrefixLocation,StorageLocation.ManifestPrefixLocation,StorageLocation.RepoPrefixLocation
AWS::Panorama::PackageVersion MarkLatest,OwnerAccount^,PackageId!^,PackageVersion!^,PatchVersion!^,UpdatedLatestPatchVersion IsLatestPatch,PackageArn,PackageName,RegisteredTime,Status,StatusDescription
AWS::PaymentCryptography::Alias AliasName!^,KeyArn 
AWS::PaymentCryptography::Key DeriveKeyUsage,Enabled,Exportable!,KeyAttributes!,KeyCheckValueAlgorithm,Policy,ReplicationRegions,Tags KeyIdentifier,KeyOrigin,KeyState,ReplicationStatus
AWS::Personalize::Dataset DatasetGroupArn!^,DatasetImportJob,DatasetType!^,Name!^,SchemaArn!^,Tags^ DatasetArn
AWS::Personalize::DatasetGroup Domain^,KmsKeyArn^,Name!^,RoleArn^,Tags^ DatasetGroupArn
AWS::Personalize::EventTracker DatasetGroupArn!^,Name!^,Tags EventTrackerArn,TrackingId
AWS::Personalize::Filter DatasetGroupArn!^,FilterExpression!^,Name!^,Tags CreationDateTime,FilterArn,LastUpdatedDateTime,Status
AWS::Personalize::MetricAttribution DatasetGroupArn!^,Metrics!^,MetricsOutputConfig!,Name!^ MetricAttributionArn,Status
AWS::Personalize::Schema Domain^,Name!^,Schema!^,Tags^ SchemaArn
AWS::Personalize::Solution DatasetGroupArn!^,EventType^,Name!^,PerformAutoML^,PerformHPO^,RecipeArn^,SolutionConfig^,Tags^ SolutionArn
AWS::Pinpoint::ADMChannel ApplicationId!^,ClientId!,ClientSecret!,Enabled Id
AWS::Pinpoint::APNSChannel ApplicationId!^,BundleId,Certificate,DefaultAuthenticationMethod,Enabled,PrivateKey,TeamId,TokenKey,TokenKeyId Id
AWS::Pinpoint::APNSSandboxChannel ApplicationId!^,BundleId,Certificate,DefaultAuthenticationMethod,Enabled,PrivateKey,TeamId,TokenKey,TokenKeyId Id
AWS::Pinpoint::APNSVoipChannel ApplicationId!^,BundleId,Certificate,DefaultAuthenticationMethod,Enabled,PrivateKey,TeamId,TokenKey,TokenKeyId Id
AWS::Pinpoint::APNSVoipSandboxChannel ApplicationId!^,BundleId,Certificate,DefaultAuthenticationMethod,Enabled,PrivateKey,TeamId,TokenKey,TokenKeyId Id
AWS::Pinpoint::App Name!^,Tags Arn,Id
AWS::Pinpoint::ApplicationSettings ApplicationId!^,CampaignHook,CloudWatchMetricsEnabled,Limits,QuietTime Id
AWS::Pinpoint::BaiduChannel ApiKey!,ApplicationId!^,Enabled,SecretKey! Id
AWS::Pinpoint::Campaign AdditionalTreatments,ApplicationId!^,CampaignHook,CustomDeliveryConfiguration,Description,HoldoutPercent,IsPaused,Limits,MessageConfiguration,Name!,Priority,Schedule!,SegmentId!,SegmentVersion,Tags,TemplateConfiguration,TreatmentDescription,TreatmentName Arn,CampaignId
AWS::Pinpoint::EmailChannel ApplicationId!^,ConfigurationSet,Enabled,FromAddress!,Identity!,OrchestrationSendingRoleArn,RoleArn Id
AWS::Pinpoint::EmailTemplate DefaultSubstitutions,HtmlPart,Subject!,Tags,TemplateDescription,TemplateName!^,TextPart Arn,Id
AWS::Pinpoint::EventStream ApplicationId!^,DestinationStreamArn!,RoleArn! Id
AWS::Pinpoint::GCMChannel ApiKey,ApplicationId!^,DefaultAuthenticationMethod,Enabled,ServiceJson Id
AWS::Pinpoint::InAppTemplate Content,CustomConfig,Layout,Tags,TemplateDescription,TemplateName!^ Arn
AWS::Pinpoint::PushTemplate ADM,APNS,Baidu,Default,DefaultSubstitutions,GCM,Tags,TemplateDescription,TemplateName!^ Arn,Id
AWS::Pinpoint::SMSChannel ApplicationId!^,Enabled,SenderId,ShortCode Id
AWS::Pinpoint::Segment ApplicationId!^,Dimensions,Name!,SegmentGroups,Tags Arn,SegmentId
AWS::Pinpoint::SmsTemplate Body!,DefaultSubstitutions,Tags,TemplateDescription,TemplateName!^ Arn,Id
AWS::Pinpoint::VoiceChannel ApplicationId!^,Enabled Id
AWS::PinpointEmail::ConfigurationSet DeliveryOptions,Name!^,ReputationOptions,SendingOptions,Tags,TrackingOptions Id
AWS::PinpointEmail::ConfigurationSetEventDestination ConfigurationSetName!^,EventDestination,EventDestinationName!^ Id
AWS::PinpointEmail::DedicatedIpPool PoolName^,Tags Id
AWS::PinpointEmail::Identity DkimSigningEnabled,FeedbackForwardingEnabled,MailFromAttributes,Name!^,Tags Id,IdentityDNSRecordName1,IdentityDNSRecordName2,IdentityDNSRecordName3,IdentityDNSRecordValue1,IdentityDNSRecordValue2,IdentityDNSRecordValue3
AWS::Pipes::Pipe Description,DesiredState,Enrichment,EnrichmentParameters,KmsKeyIdentifier,LogConfiguration,Name^,RoleArn!,Source!^,SourceParameters,Tags,Target!,TargetParameters Arn,CreationTime,CurrentState,LastModifiedTime,StateReason
AWS::PricingPlanManager::Subscription PlanFamily!^,PlanTier!,ResourceArns!,UsageLevel Arn,CreatedAt,CurrentPlanTier,Status,StatusReason,UpdatedAt
AWS::Proton::EnvironmentAccountConnection CodebuildRoleArn,ComponentRoleArn,EnvironmentAccountId,EnvironmentName,ManagementAccountId,RoleArn,Tags Arn,Id,Status
AWS::Proton::EnvironmentTemplate Description,DisplayName,EncryptionKey^,Name^,Provisioning^,Tags Arn
AWS::Proton::ServiceTemplate Description,DisplayName,EncryptionKey^,Name^,PipelineProvisioning^,Tags Arn
AWS::QBusiness::Application AttachmentsConfiguration,AutoSubscriptionConfiguration,ClientIdsForOIDC^,Description,DisplayName!,EncryptionConfiguration^,IamIdentityProviderArn^,IdentityCenterInstanceArn,IdentityType^,PersonalizationConfiguration,QAppsConfiguration,QuickSightConfiguration^,RoleArn,Tags ApplicationArn,ApplicationId,CreatedAt,IdentityCenterApplicationArn,Status,UpdatedAt
AWS::QBusiness::DataAccessor ActionConfigurations!,ApplicationId!^,AuthenticationDetail,DisplayName!,Principal!^,Tags CreatedAt,DataAccessorArn,DataAccessorId,IdcApplicationArn,UpdatedAt
AWS::QBusiness::DataSource ApplicationId!^,Configuration!,Description,DisplayName!,DocumentEnrichmentConfiguration,IndexId!^,MediaExtractionConfiguration,RoleArn,SyncSchedule,Tags,VpcConfiguration CreatedAt,DataSourceArn,DataSourceId,Status,Type,UpdatedAt
AWS::QBusiness::Index ApplicationId!^,CapacityConfiguration,Description,DisplayName!,DocumentAttributeConfigurations,Tags,Type^ CreatedAt,IndexArn,IndexId,IndexStatistics,Status,UpdatedAt
AWS::QBusiness::Permission Actions!^,ApplicationId!^,Conditions^,Principal!^,StatementId!^ 
AWS::QBusiness::Plugin ApplicationId^,AuthConfiguration!,CustomPluginConfiguration,DisplayName!,ServerUrl,State,Tags,Type!^ BuildStatus,CreatedAt,PluginArn,PluginId,UpdatedAt
AWS::QBusiness::Retriever ApplicationId!^,Configuration!,DisplayName!,RoleArn,Tags,Type!^ CreatedAt,RetrieverArn,RetrieverId,Status,UpdatedAt
AWS::QBusiness::WebExperience ApplicationId!^,BrowserExtensionConfiguration,CustomizationConfiguration,IdentityProviderConfiguration,Origins,RoleArn,SamplePromptsControlMode,Subtitle,Tags,Title,WelcomeMessage CreatedAt,DefaultEndpoint,Status,UpdatedAt,WebExperienceArn,WebExperienceId
AWS::QLDB::Ledger DeletionProtection,KmsKey,Name^,PermissionsMode!,Tags Id
AWS::QLDB::Stream ExclusiveEndTime^,InclusiveStartTime!^,KinesisConfiguration!^,LedgerName!^,RoleArn!^,StreamName!^,Tags Arn,Id
AWS::QuickSight::ActionConnector ActionConnectorId!^,AuthenticationConfig!,AwsAccountId!^,Description,Name!,Permissions,Tags,Type!^,VpcConnectionArn Arn,CreatedTime,EnabledActions,LastUpdatedTime,Status
AWS::QuickSight::Agent ActionConnectors,AgentId!^,AgentLifecycle^,AwsAccountId!^,CustomPromptInput,Description,IconId,Name!,Spaces,StarterPrompts,Tags,WelcomeMessage AgentStatus,Arn,CreatedAt,Creator,CustomPromptInterface,ErrorMessage,UpdatedAt
AWS::QuickSight::Analysis AnalysisId!^,AwsAccountId!^,Definition,Errors,FolderArns,Name!,Parameters,Permissions,Sheets,SourceEntity,Status,Tags,ThemeArn,ValidationStrategy Arn,CreatedTime,DataSetArns,Errors,LastUpdatedTime,Sheets
AWS::QuickSight::ApprovalPolicy Actions!,ApplicableTo!,ApprovalGroups!,AssetTypes!,Description,Name!,PolicyId!^ CreatedAt,PolicyArn,UpdatedAt
AWS::QuickSight::CustomPermissions AwsAccountId!^,Capabilities,CustomPermissionsName!^,Tags Arn
AWS::QuickSight::Customization DefaultTheme!,Namespace!^,Tags Arn,AwsAccountId
AWS::QuickSight::DLPSetting AwsAccountId^,DlpSettingId!^,Enabled!,Name!,ProviderConfig!,ProviderOutageAction!,ProviderType!,Tags Arn,CreatedAt,Status,UpdatedAt
AWS::QuickSight::Dashboard AwsAccountId!^,DashboardId!^,DashboardPublishOptions,Definition,FolderArns,LinkEntities,LinkSharingConfiguration,Name!,Parameters,Permissions,SourceEntity,Tags,ThemeArn,ValidationStrategy,VersionDescription Arn,CreatedTime,LastPublishedTime,LastUpdatedTime,Version,Version.Arn,Version.CreatedTime,Version.DataSetArns,Version.Description,Version.Errors,Version.Sheets,Version.SourceEntityArn,Version.Status,Version.ThemeArn,Version.VersionNumber
AWS::QuickSight::DataSet AwsAccountId^,ColumnGroups,ColumnLevelPermissionRules,DataPrepConfiguration,DataSetId^,DataSetRefreshProperties,DataSetUsageConfiguration,DatasetParameters,FieldFolders,FolderArns,ImportMode,IngestionWaitPolicy,LogicalTableMap,Name,PerformanceConfiguration,Permissions,PhysicalTableMap,RowLevelPermissionDataSet,RowLevelPermissionTagConfiguration,SemanticModelConfiguration,Tags,UseAs Arn,ConsumedSpiceCapacityInBytes,CreatedTime,LastUpdatedTime,OutputColumns
AWS::QuickSight::DataSource AlternateDataSourceParameters,AwsAccountId^,Credentials,DataSourceId^,DataSourceParameters,ErrorInfo,FolderArns,Name!,Permissions,SslProperties,Tags,Type!^,VpcConnectionProperties Arn,CreatedTime,LastUpdatedTime,Status
AWS::QuickSight::Flow AwsAccountId!^,Description,FlowDefinition!,Name!,Permissions Arn,CreatedTime,FlowId,LastUpdatedTime,PublishState,StepAliases
AWS::QuickSight::Folder AwsAccountId^,FolderId^,FolderType^,Name,ParentFolderArn^,Permissions,SharingModel^,Tags Arn,CreatedTime,LastUpdatedTime
AWS::QuickSight::KnowledgeBase AccessControlConfiguration,AwsAccountId!^,DataSourceArn!^,Description,IsEmailNotificationOptedForIngestionFailures,KnowledgeBaseConfiguration!,KnowledgeBaseId!^,MediaExtractionConfiguration,Name!,Permissions,PrimaryOwnerArn^,Tags CreatedAt,DocumentCount,KnowledgeBaseArn,KnowledgeBaseSizeBytes,PrimaryOwnerUsername,Status,Type,UpdatedAt
AWS::QuickSight::LimitsProfile AccountId!^,Description,ProfileName!,ResourceLimits! Arn,CreatedAt,ProfileId,UpdatedAt
AWS::QuickSight::OAuthClientApplication ClientId,ClientSecret,DataSourceType,IdentityProviderVpcConnectionProperties,Name!,OAuthAuthorizationEndpointUrl,OAuthClientApplicationId!^,OAuthClientAuthenticationType!^,OAuthScopes,OAuthTokenEndpointUrl!,Tags Arn,CreatedTime,LastUpdatedTime
AWS::QuickSight::RefreshSchedule AwsAccountId^,DataSetId^,Schedule Arn
AWS::QuickSight::Space AwsAccountId!^,Description,Name!,Permissions,Resources,SpaceId!^,Tags Arn,CreatedAt,CreatedBy,UpdatedAt
AWS::QuickSight::Template AwsAccountId!^,Definition,Name,Permissions,SourceEntity,Tags,TemplateId!^,ValidationStrategy,VersionDescription Arn,CreatedTime,LastUpdatedTime,Version,Version.CreatedTime,Version.DataSetConfigurations,Version.Description,Version.Errors,Version.Sheets,Version.SourceEntityArn,Version.Status,Version.ThemeArn,Version.VersionNumber
AWS::QuickSight::Theme AwsAccountId!^,BaseThemeId!,Configuration!,Name!,Permissions,Tags,ThemeId!^,VersionDescription Arn,CreatedTime,LastUpdatedTime,Type,Version,Version.Arn,Version.BaseThemeId,Version.Configuration,Version.CreatedTime,Version.Description,Version.Errors,Version.Status,Version.VersionNumber
AWS::QuickSight::Topic AwsAccountId^,ConfigOptions,CustomInstructions,DataSets,Description,FolderArns^,Name,Tags^,TopicId^,UserExperienceVersion Arn
AWS::QuickSight::TopicV2 AwsAccountId^,CustomInstructions,DataSetRelations,DataSets,Description,FolderArns^,Name,Permissions,Tags^,TopicId^ Arn
AWS::QuickSight::VPCConnection AvailabilityStatus,AwsAccountId^,DnsResolvers,Name,RoleArn,SecurityGroupIds,SubnetIds,Tags,VPCConnectionId^ Arn,CreatedTime,LastUpdatedTime,NetworkInterfaces,Status,VPCId
AWS::RAM::Permission Name!^,PolicyTemplate!^,ResourceType!^,Tags Arn,IsResourceTypeDefault,PermissionType,Version
AWS::RAM::ResourceShare AllowExternalPrincipals,Name!,PermissionArns,Principals,ResourceArns,ResourceShareConfiguration,Sources,Tags Arn,CreationTime,FeatureSet,LastUpdatedTime,OwningAccountId,Status
AWS::RDS::ClusterSnapshot DBClusterIdentifier!^,DBClusterSnapshotIdentifier!^,Tags AllocatedStorage,AvailabilityZones,ClusterCreateTime,DBClusterSnapshotArn,DbClusterResourceId,Engine,EngineMode,EngineVersion,IAMDatabaseAuthenticationEnabled,KmsKeyId,LicenseModel,MasterUsername,Port,SnapshotCreateTime,SnapshotType,Status,StorageEncrypted,VpcId
AWS::RDS::CustomDBEngineVersion DatabaseInstallationFilesS3BucketName^,DatabaseInstallationFilesS3Prefix^,DatabaseInstallationFiles^,Description,Engine!^,EngineVersion!^,ImageId^,KMSKeyId^,Manifest^,SourceCustomDbEngineVersionIdentifier^,Status,Tags,UseAwsProvidedLatestImage^ DBEngineVersionArn
AWS::RDS::DBCluster AllocatedStorage,AssociatedRoles,AutoMinorVersionUpgrade,AvailabilityZones^,BacktrackWindow,BackupRetentionPeriod,ClusterScalabilityType^,CopyTagsToSnapshot,DBClusterIdentifier^,DBClusterInstanceClass,DBClusterParameterGroupName,DBInstanceParameterGroupName,DBSubnetGroupName^,DBSystemId^,DatabaseInsightsMode,DatabaseName^,DeleteAutomatedBackups,DeletionProtection,Domain,DomainIAMRoleName,EnableCloudwatchLogsExports,EnableGlobalWriteForwarding,EnableHttpEndpoint,EnableIAMDatabaseAuthentication,EnableLocalWriteForwarding,Engine?,EngineLifecycleSupport,EngineMode^,EngineVersion,GlobalClusterIdentifier?,Iops,KmsKeyId^,ManageMasterUserPassword,MasterUserAuthenticationType,MasterUserPassword,MasterUserSecret,MasterUsername?,MonitoringInterval,MonitoringRoleArn,NetworkType,PerformanceInsightsEnabled,PerformanceInsightsKmsKeyId,PerformanceInsightsRetentionPeriod,Port,PreferredBackupWindow,PreferredMaintenanceWindow,PubliclyAccessible^,ReplicationSourceIdentifier,RestoreToTime^,RestoreType^,ScalingConfiguration,ServerlessV2ScalingConfiguration,SnapshotIdentifier^,SourceDBClusterIdentifier^,SourceDbClusterResourceId^,SourceRegion^,StorageEncrypted^,StorageType,Tags,UseLatestRestorableTime^,VpcSecurityGroupIds DBClusterArn,DBClusterResourceId,Endpoint,Endpoint.Address,Endpoint.Port,MasterUserSecret.SecretArn,ReadEndpoint,ReadEndpoint.Address,StorageEncryptionType,StorageThroughput
AWS::RDS::DBClusterParameterGroup DBClusterParameterGroupName^,Description!^,Family!^,Parameters!,Tags 
AWS::RDS::DBInstance AdditionalStorageVolumes,AllocatedStorage,AllowMajorVersionUpgrade,ApplyImmediately,AssociatedRoles,AutoMinorVersionUpgrade?,AutomaticBackupReplicationKmsKeyId,AutomaticBackupReplicationRegion,AutomaticBackupReplicationRetentionPeriod,AvailabilityZone?,BackupRetentionPeriod?,BackupTarget^,CACertificateIdentifier,CertificateRotationRestart,CharacterSetName^,CopyTagsToSnapshot,CustomIAMInstanceProfile^,DBClusterIdentifier^,DBClusterSnapshotIdentifier?,DBInstanceClass,DBInstanceIdentifier^,DBName^,DBParameterGroupName?,DBSecurityGroups,DBSnapshotIdentifier?,DBSubnetGroupName^,DBSystemId^,DatabaseInsightsMode,DedicatedLogVolume,DeleteAutomatedBackups,DeletionProtection,Domain,DomainAuthSecretArn,DomainDnsIps,DomainFqdn,DomainIAMRoleName,DomainOu,EnableCloudwatchLogsExports,EnableIAMDatabaseAuthentication,EnablePerformanceInsights,Engine?,EngineLifecycleSupport,EngineVersion,Iops,KmsKeyId^,LicenseModel,ManageMasterUserPassword,MasterUserAuthenticationType,MasterUserPassword,MasterUserSecret,MasterUsername^,MaxAllocatedStorage,MonitoringInterval,MonitoringRoleArn,MultiAZ?,NcharCharacterSetName^,NetworkType,OptionGroupName,PerformanceInsightsKMSKeyId?,PerformanceInsightsRetentionPeriod,Port^,PreferredBackupWindow,PreferredMaintenanceWindow?,ProcessorFeatures,PromotionTier,PubliclyAccessible,ReplicaMode,RestoreTime?,SourceDBClusterIdentifier?,SourceDBInstanceAutomatedBackupsArn?,SourceDBInstanceIdentifier?,SourceDbiResourceId?,SourceRegion^,StorageEncrypted^,StorageThroughput,StorageType?,Tags,TdeCredentialArn,TdeCredentialPassword,Timezone^,UseDefaultProcessorFeatures,UseLatestRestorableTime?,VPCSecurityGroups AutomaticRestartTime,CertificateDetails,CertificateDetails.CAIdentifier,CertificateDetails.ValidTill,DBInstanceArn,DBInstanceStatus,DBSystemId,DbiResourceId,Endpoint,Endpoint.Address,Endpoint.HostedZoneId,Endpoint.Port,InstanceCreateTime,IsStorageConfigUpgradeAvailable,LatestRestorableTime,ListenerEndpoint,ListenerEndpoint.Address,ListenerEndpoint.HostedZoneId,ListenerEndpoint.Port,MasterUserSecret.SecretArn,PercentProgress,ReadReplicaDBClusterIdentifiers,ReadReplicaDBInstanceIdentifiers,ResumeFullAutomationModeTime,SecondaryAvailabilityZone,StatusInfos,StorageOperationPercentProgress,StorageOperationStatus
AWS::RDS::DBParameterGroup DBParameterGroupName^,Description!^,Family!^,Parameters,Tags DBParameterGroupArn,DBParameterGroupName
AWS::RDS::DBProxy Auth,DBProxyName!^,DebugLogging,DefaultAuthScheme,EndpointNetworkType^,EngineFamily!^,IdleClientTimeout,RequireTLS,RoleArn!,Tags,TargetConnectionNetworkType^,VpcSecurityGroupIds,VpcSubnetIds!^ DBProxyArn,Endpoint,VpcId
AWS::RDS::DBProxyEndpoint DBProxyEndpointName!^,DBProxyName!^,EndpointNetworkType^,Tags,TargetRole,VpcSecurityGroupIds,VpcSubnetIds!^ DBProxyEndpointArn,Endpoint,IsDefault,VpcId
AWS::RDS::DBProxyTargetGroup ConnectionPoolConfigurationInfo,DBClusterIdentifiers,DBInstanceIdentifiers,DBProxyName!^,TargetGroupName!^ TargetGroupArn
AWS::RDS::DBSecurityGroup DBSecurityGroupIngress!,EC2VpcId^,GroupDescription!^,Tags Id
AWS::RDS::DBSecurityGroupIngress CIDRIP,DBSecurityGroupName!,EC2SecurityGroupId,EC2SecurityGroupName,EC2SecurityGroupOwnerId Id
AWS::RDS::DBShardGroup ComputeRedundancy,DBClusterIdentifier!^,DBShardGroupIdentifier^,MaxACU!,MinACU,PubliclyAccessible^,Tags DBShardGroupResourceId,Endpoint
AWS::RDS::DBSnapshot DBInstanceIdentifier!^,DBSnapshotIdentifier!^,Tags AllocatedStorage,AvailabilityZone,DBSnapshotArn,DbiResourceId,Encrypted,Engine,EngineVersion,IAMDatabaseAuthenticationEnabled,InstanceCreateTime,Iops,KmsKeyId,LicenseModel,MasterUsername,OptionGroupName,OriginalSnapshotCreateTime,Port,SnapshotCreateTime,SnapshotType,Status,StorageThroughput,StorageType,VpcId
AWS::RDS::DBSubnetGroup DBSubnetGroupDescription!,DBSubnetGroupName^,SubnetIds!,Tags DBSubnetGroupArn
AWS::RDS::EventSubscription Enabled,EventCategories,SnsTopicArn!^,SourceIds,SourceType,SubscriptionName^,Tags 
AWS::RDS::GlobalCluster DeletionProtection,EngineLifecycleSupport,EngineVersion,Engine^,GlobalClusterIdentifier^,SourceDBClusterIdentifier^,StorageEncrypted^,Tags GlobalEndpoint
AWS::RDS::Integration AdditionalEncryptionContext^,DataFilter,Description,IntegrationName,KMSKeyId^,SourceArn!^,Tags,TargetArn!^ CreateTime,IntegrationArn
AWS::RDS::OptionGroup EngineName!^,MajorEngineVersion!^,OptionConfigurations,OptionGroupDescription!^,OptionGroupName^,Tags 
AWS::RTBFabric::InboundExternalLink GatewayId!,LinkAttributes,LinkLogSettings!,Tags Arn,CreatedTimestamp,DomainName,LinkId,LinkStatus,UpdatedTimestamp
AWS::RTBFabric::Link GatewayId!,HttpResponderAllowed,LinkAttributes,LinkLogSettings!,ModuleConfigurationList,PeerGatewayId!,Tags Arn,CreatedTimestamp,LinkDirection,LinkId,LinkStatus,UpdatedTimestamp
AWS::RTBFabric::LinkRoutingRule Conditions!,GatewayId!,LinkId!,Priority!,Tags Arn,CreatedTimestamp,RuleId,Status,UpdatedTimestamp
AWS::RTBFabric::OutboundExternalLink GatewayId!,LinkAttributes,LinkLogSettings!,PublicEndpoint!,Tags Arn,CreatedTimestamp,LinkId,LinkStatus,UpdatedTimestamp
AWS::RTBFabric::RequesterGateway Description,SecurityGroupIds!,SubnetIds!,Tags,VpcId! ActiveLinksCount,Arn,CreatedTimestamp,DomainName,GatewayId,RequesterGatewayStatus,TotalLinksCount,UpdatedTimestamp
AWS::RTBFabric::ResponderGateway AcmCertificateArn,Description,DomainName,GatewayType,ListenerConfig,ManagedEndpointConfiguration,Port!,Protocol!,SecurityGroupIds!,SubnetIds!,Tags,TrustStoreConfiguration,VpcId! Arn,CertificateAssociationStatus,CreatedTimestamp,ExternalInboundEndpoint,GatewayId,ResponderGatewayStatus,UpdatedTimestamp
AWS::RUM::AppMonitor AppMonitorConfiguration,CustomEvents,CwLogEnabled,DeobfuscationConfiguration,Domain,DomainList,Name!^,Platform^,ResourcePolicy,Tags Id
AWS::Rbin::Rule Description,ExcludeResourceTags,LockConfiguration,ResourceTags,ResourceType!^,RetentionPeriod!,Status,Tags Arn,Identifier,LockState
AWS::Redshift::Cluster AllowVersionUpgrade,AquaConfigurationStatus,AutomatedSnapshotRetentionPeriod,AvailabilityZone,AvailabilityZoneRelocation,AvailabilityZoneRelocationStatus,Classic,ClusterIdentifier^,ClusterParameterGroupName,ClusterSecurityGroups,ClusterSubnetGroupName^,ClusterType!,ClusterVersion,DBName!^,DeferMaintenance,DeferMaintenanceDuration,DeferMaintenanceEndTime,DeferMaintenanceStartTime,DestinationRegion,ElasticIp,Encrypted,Endpoint,EnhancedVpcRouting,HsmClientCertificateIdentifier,HsmConfigurationIdentifier,IamRoles,KmsKeyId,LoggingProperties,MaintenanceTrackName,ManageMasterPassword,ManualSnapshotRetentionPeriod,MasterPasswordSecretKmsKeyId,MasterUserPassword,MasterUsername!^,MultiAZ,NamespaceResourcePolicy,NodeType!,NumberOfNodes,OwnerAccount^,Port,PreferredMaintenanceWindow,PubliclyAccessible,ResourceAction,RevisionTarget,RotateEncryptionKey,SnapshotClusterIdentifier^,SnapshotCopyGrantName,SnapshotCopyManual,SnapshotCopyRetentionPeriod,SnapshotIdentifier^,Tags,VpcSecurityGroupIds ClusterNamespaceArn,DeferMaintenanceIdentifier,Endpoint.Address,Endpoint.Port,Id,MasterPasswordSecretArn
AWS::Redshift::ClusterParameterGroup Description!^,ParameterGroupFamily!^,ParameterGroupName^,Parameters,Tags 
AWS::Redshift::ClusterSecurityGroup Description!^,Tags Id
AWS::Redshift::ClusterSecurityGroupIngress CIDRIP^,ClusterSecurityGroupName!^,EC2SecurityGroupName^,EC2SecurityGroupOwnerId^ Id
AWS::Redshift::ClusterSubnetGroup Description!,SubnetIds!,Tags ClusterSubnetGroupName
AWS::Redshift::EndpointAccess ClusterIdentifier!^,EndpointName!^,ResourceOwner^,SubnetGroupName!^,VpcSecurityGroupIds! Address,EndpointCreateTime,EndpointStatus,Port,VpcEndpoint,VpcEndpoint.NetworkInterfaces,VpcEndpoint.VpcEndpointId,VpcEndpoint.VpcId,VpcSecurityGroups
AWS::Redshift::EndpointAuthorization Account!^,ClusterIdentifier!^,Force,VpcIds AllowedAllVPCs,AllowedVPCs,AuthorizeTime,ClusterStatus,EndpointCount,Grantee,Grantor,Status
AWS::Redshift::EventSubscription Enabled,EventCategories,Severity,SnsTopicArn,SourceIds,SourceType,SubscriptionName!^,Tags CustSubscriptionId,CustomerAwsId,EventCategoriesList,SourceIdsList,Status,SubscriptionCreationTime
AWS::Redshift::Integration AdditionalEncryptionContext^,IntegrationName,KMSKeyId^,SourceArn!^,Tags,TargetArn!^ CreateTime,IntegrationArn
AWS::Redshift::QEV2IdcApplication IdcDisplayName!,IdcInstanceArn!^,Qev2IdcApplicationName!^,Tags IdcManagedApplicationArn,IdcOnboardStatus,Qev2IdcApplicationArn
AWS::Redshift::ScheduledAction Enable,EndTime,IamRole,Schedule,ScheduledActionDescription,ScheduledActionName!^,StartTime,TargetAction NextInvocations,State
AWS::Redshift::Snapshot ClusterIdentifier!^,ManualSnapshotRetentionPeriod,SnapshotIdentifier!^,Tags AvailabilityZone,ClusterCreateTime,ClusterVersion,DBName,Encrypted,EncryptedWithHSM,EngineFullVersion,EnhancedVpcRouting,KmsKeyId,MaintenanceTrackName,MasterUsername,NodeType,NumberOfNodes,OwnerAccount,Port,SnapshotArn,SnapshotCreateTime,SnapshotType,Status,VpcId
AWS::Redshift::SnapshotCopyGrant KmsKeyId^,SnapshotCopyGrantName!^,Tags Arn
AWS::Redshift::SnapshotSchedule ScheduleDefinitions!,ScheduleDescription^,ScheduleIdentifier!^,Tags Arn,AssociatedClusterCount
AWS::Redshift::UsageLimit Amount!,BreachAction,ClusterIdentifier!^,FeatureType!^,LimitType!^,Period^,Tags Arn,UsageLimitId
AWS::RedshiftServerless::Namespace AdminPasswordSecretKmsKeyId,AdminUserPassword,AdminUsername,DbName,DefaultIamRoleArn,FinalSnapshotName,FinalSnapshotRetentionPeriod,IamRoles,KmsKeyId,LogExports,ManageAdminPassword,NamespaceName!^,NamespaceResourcePolicy,RedshiftIdcApplicationArn,SnapshotCopyConfigurations,Tags^ Namespace,Namespace.AdminUsername,Namespace.CreationDate,Namespace.DbName,Namespace.DefaultIamRoleArn,Namespace.IamRoles,Namespace.KmsKeyId,Namespace.LogExports,Namespace.NamespaceArn,Namespace.NamespaceId,Namespace.NamespaceName,Namespace.Status
AWS::RedshiftServerless::Snapshot NamespaceName^,RetentionPeriod,SnapshotName!^,Tags^ OwnerAccount,Snapshot,Snapshot.AdminUsername,Snapshot.KmsKeyId,Snapshot.NamespaceArn,Snapshot.NamespaceName,Snapshot.OwnerAccount,Snapshot.RetentionPeriod,Snapshot.SnapshotArn,Snapshot.SnapshotCreateTime,Snapshot.SnapshotName,Snapshot.Status
AWS::RedshiftServerless::Workgroup BaseCapacity,ConfigParameters,EnhancedVpcRouting,MaxCapacity,NamespaceName^,Port,PricePerformanceTarget,PubliclyAccessible,RecoveryPointId,SecurityGroupIds,SnapshotArn,SnapshotName,SnapshotOwnerAccount,SubnetIds,Tags,TrackName,Workgroup,WorkgroupName!^ Workgroup,Workgroup.BaseCapacity,Workgroup.ConfigParameters,Workgroup.CreationDate,Workgroup.Endpoint,Workgroup.EnhancedVpcRouting,Workgroup.MaxCapacity,Workgroup.NamespaceName,Workgroup.PubliclyAccessible,Workgroup.SecurityGroupIds,Workgroup.Status,Workgroup.SubnetIds,Workgroup.TrackName,Workgroup.WorkgroupArn,Workgroup.WorkgroupId,Workgroup.WorkgroupName
AWS::RefactorSpaces::Application ApiGatewayProxy^,EnvironmentIdentifier!^,Name!^,ProxyType!^,Tags,VpcId!^ ApiGatewayId,ApplicationIdentifier,Arn,NlbArn,NlbName,ProxyUrl,StageName,VpcLinkId
AWS::RefactorSpaces::Environment Description^,Name^,NetworkFabricType^,Tags Arn,EnvironmentIdentifier,TransitGatewayId
AWS::RefactorSpaces::Route ApplicationIdentifier!^,DefaultRoute,EnvironmentIdentifier!^,RouteType!^,ServiceIdentifier!^,Tags,UriPathRoute Arn,PathResourceToId,RouteIdentifier
AWS::RefactorSpaces::Service ApplicationIdentifier!^,Description^,EndpointType!^,EnvironmentIdentifier!^,LambdaEndpoint^,Name!^,Tags,UrlEndpoint^,VpcId^ Arn,ServiceIdentifier
AWS::Rekognition::Collection CollectionId!^,Tags Arn
AWS::Rekognition::Dataset DatasetType!^,ProjectArn^,Tags DatasetArn
AWS::Rekognition::Project ProjectName!^,Tags Arn
AWS::Rekognition::StreamProcessor BoundingBoxRegionsOfInterest^,ConnectedHomeSettings^,DataSharingPreference^,FaceSearchSettings^,KinesisDataStream^,KinesisVideoStream!^,KmsKeyId^,Name^,NotificationChannel^,PolygonRegionsOfInterest^,RoleArn!^,S3Destination^,Tags Arn,Status,StatusMessage
AWS::ResilienceHub::App AppAssessmentSchedule,AppTemplateBody!,Description,EventSubscriptions,Name!^,PermissionModel,ResiliencyPolicyArn,ResourceMappings!,Tags AppArn,DriftStatus
AWS::ResilienceHub::ResiliencyPolicy DataLocationConstraint,Policy!,PolicyDescription,PolicyName!,Tags,Tier! PolicyArn
AWS::ResilienceHubV2::Policy AvailabilitySlo,DataRecovery,Description,KmsKeyId^,MultiAz,MultiRegion,Name!^,SharingEnabled,Tags AssociatedServiceCount,CreatedAt,PolicyArn,UpdatedAt
AWS::ResilienceHubV2::Service Assertions,AssociatedSystems,DependencyDiscovery,Description,InputSources,KmsKeyId^,Name!^,PermissionModel,PolicyArn,Regions!^,ReportConfiguration,Tags CreatedAt,EffectivePolicyValues,ServiceArn,UpdatedAt
AWS::ResilienceHubV2::ServiceFunction Criticality!,Description,Name!,ServiceArn!^ CreatedAt,ResourceCount,ServiceFunctionId,Source,UpdatedAt
AWS::ResilienceHubV2::System Description,KmsKeyId^,Name!^,SharingEnabled,Tags CreatedAt,SystemArn,SystemId,UpdatedAt
AWS::ResilienceHubV2::UserJourney Description,Name!^,PolicyArn,SystemIdentifier!^ CreatedAt,UpdatedAt,UserJourneyId
AWS::ResourceExplorer2::DefaultViewAssociation ViewArn! AssociatedAwsPrincipal
AWS::ResourceExplorer2::Index Tags,Type! Arn,IndexState
AWS::ResourceExplorer2::View Filters,IncludedProperties,Scope^,Tags,ViewName!^ ViewArn
AWS::ResourceGroups::Group Configuration,Description,Name!^,ResourceQuery,Resources,Tags Arn
AWS::ResourceGroups::TagSyncTask Group!^,RoleArn!^,TagKey!^,TagValue!^ GroupArn,GroupName,Status,TaskArn
AWS::RoboMaker::Fleet Name^,Tags Arn
AWS::RoboMaker::Robot Architecture!^,Fleet^,GreengrassGroupId!^,Name^,Tags Arn
AWS::RoboMaker::RobotApplication CurrentRevisionId,Environment,Name^,RobotSoftwareSuite!,Sources,Tags Arn,CurrentRevisionId
AWS::RoboMaker::RobotApplicationVersion Application!^,CurrentRevisionId^ ApplicationVersion,Arn
AWS::RoboMaker::SimulationApplication CurrentRevisionId,Environment,Name^,RenderingEngine,RobotSoftwareSuite!,SimulationSoftwareSuite!,Sources,Tags Arn,CurrentRevisionId
AWS::RoboMaker::SimulationApplicationVersion Application!^,CurrentRevisionId^ ApplicationVersion,Arn
AWS::RolesAnywhere::CRL CrlData!,Enabled,Name!,Tags,TrustAnchorArn CrlId
AWS::RolesAnywhere::Profile AcceptRoleSessionName,AttributeMappings,DurationSeconds,Enabled,ManagedPolicyArns,Name!,RequireInstanceProperties^,RoleArns!,SessionPolicy,Tags ProfileArn,ProfileId
AWS::RolesAnywhere::TrustAnchor Enabled,Name!,NotificationSettings,Source!,Tags TrustAnchorArn,TrustAnchorId
AWS::Route53::CidrCollection Locations,Name!^ Arn,Id
AWS::Route53::DNSSEC HostedZoneId!^ 
AWS::Route53::DelegationSet  Arn,CallerReference,Id,NameServers
AWS::Route53::HealthCheck HealthCheckConfig!,HealthCheckTags HealthCheckId
AWS::Route53::HostedZone HostedZoneConfig,HostedZoneFeatures,HostedZoneTags,Name^,QueryLoggingConfig,VPCs Id,NameServers
AWS::Route53::KeySigningKey HostedZoneId!^,KeyManagementServiceArn!^,Name!^,Status! 
AWS::Route53::QueryLoggingConfig CloudWatchLogsLogGroupArn!^,HostedZoneId!^ Arn,Id
AWS::Route53::RecordSet AliasTarget,CidrRoutingConfig,Comment,Failover,GeoLocation,HealthCheckId,HostedZoneId^,HostedZoneName^,MultiValueAnswer,Name!^,Region,ResourceRecords,SetIdentifier,TTL,Type!,Weight 
AWS::Route53::RecordSetGroup Comment,HostedZoneId^,HostedZoneName^,RecordSets Id
AWS::Route53::TrafficPolicy Comment,Document!^,Name!^ Arn,Id,Type,Version
AWS::Route53::TrafficPolicyInstance HostedZoneId!^,Name!^,TTL!,TrafficPolicyId!,TrafficPolicyVersion! Arn,Id,State,TrafficPolicyType
AWS::Route53GlobalResolver::AccessSource Cidr!,ClientToken^,DnsViewId!^,IpAddressType,Name,Protocol!,Tags AccessSourceId,Arn,CreatedAt,Status,UpdatedAt
AWS::Route53GlobalResolver::AccessToken ClientToken^,DnsViewId!^,ExpiresAt^,Name,Tags AccessTokenId,Arn,CreatedAt,GlobalResolverId,Status,UpdatedAt,Value
AWS::Route53GlobalResolver::DnsView ClientToken^,Description,DnssecValidation,EdnsClientSubnet,FirewallRulesFailOpen,GlobalResolverId!^,Name!,Tags Arn,CreatedAt,DnsViewId,Status,UpdatedAt
AWS::Route53GlobalResolver::FirewallDomainList ClientToken^,Description^,DomainFileUrl,Domains,GlobalResolverId!^,Name!^,Tags Arn,CreatedAt,DomainCount,FirewallDomainListId,Status,StatusMessage,UpdatedAt
AWS::Route53GlobalResolver::FirewallRule Action!,BlockOverrideDnsType,BlockOverrideDomain,BlockOverrideTtl,BlockResponse,ClientToken^,ConfidenceThreshold,Description,DnsAdvancedProtection,DnsViewId!^,FirewallDomainListId^,Name!,Priority,QType^ CreatedAt,FirewallRuleId,QueryType,Status,UpdatedAt
AWS::Route53GlobalResolver::GlobalResolver ClientToken^,Description,IpAddressType,Name!,ObservabilityRegion,Regions!,Tags Arn,CreatedAt,DnsName,GlobalResolverId,IPv4Addresses,IPv6Addresses,Status,UpdatedAt
AWS::Route53GlobalResolver::HostedZoneAssociation HostedZoneId!^,Name!,ResourceArn!^ CreatedAt,HostedZoneAssociationId,HostedZoneName,Status,UpdatedAt
AWS::Route53Profiles::Profile Name!^,Tags Arn,ClientToken,Id,ShareStatus
AWS::Route53Profiles::ProfileAssociation Arn,Name!^,ProfileId!^,ResourceId!^,Tags Id
AWS::Route53Profiles::ProfileResourceAssociation Name!^,ProfileId!^,ResourceArn!^,ResourceProperties Id,ResourceType
AWS::Route53RecoveryControl::Cluster Name!^,NetworkType,Tags^ ClusterArn,ClusterEndpoints,Status
AWS::Route53RecoveryControl::ControlPanel ClusterArn^,Name!,Tags^ ControlPanelArn,DefaultControlPanel,RoutingControlCount,Status
AWS::Route53RecoveryControl::RoutingControl ClusterArn^,ControlPanelArn^,Name! RoutingControlArn,Status
AWS::Route53RecoveryControl::SafetyRule AssertionRule,ControlPanelArn!^,GatingRule,Name!,RuleConfig!^,Tags^ SafetyRuleArn,Status
AWS::Route53RecoveryReadiness::Cell CellName^,Cells,Tags CellArn,ParentReadinessScopes
AWS::Route53RecoveryReadiness::ReadinessCheck ReadinessCheckName^,ResourceSetName,Tags ReadinessCheckArn
AWS::Route53RecoveryReadiness::RecoveryGroup Cells,RecoveryGroupName^,Tags RecoveryGroupArn
AWS::Route53RecoveryReadiness::ResourceSet ResourceSetName^,ResourceSetType!^,Resources!,Tags ResourceSetArn
AWS::Route53Resolver::FirewallDomainList DomainFileUrl,Domains,Name^,Tags Arn,CreationTime,CreatorRequestId,DomainCount,Id,ManagedOwnerName,ModificationTime,Status,StatusMessage
AWS::Route53Resolver::FirewallRuleGroup FirewallRules,Name^,Tags Arn,CreationTime,CreatorRequestId,Id,ModificationTime,OwnerId,RuleCount,ShareStatus,Status,StatusMessage
AWS::Route53Resolver::FirewallRuleGroupAssociation FirewallRuleGroupId!^,MutationProtection,Name,Priority!,Tags,VpcId!^ Arn,CreationTime,CreatorRequestId,Id,ManagedOwnerName,ModificationTime,Status,StatusMessage
AWS::Route53Resolver::OutpostResolver InstanceCount,Name!,OutpostArn!^,PreferredInstanceType!,Tags Arn,CreationTime,CreatorRequestId,Id,ModificationTime,Status,StatusMessage
AWS::Route53Resolver::ResolverConfig AutodefinedReverseFlag!^,ResourceId!^ AutodefinedReverse,Id,OwnerId
AWS::Route53Resolver::ResolverDNSSECConfig ResourceId^ Id,OwnerId,ValidationStatus
AWS::Route53Resolver::ResolverEndpoint Direction!^,Dns64Enabled,IpAddresses!,Ipv6InternetAccessEnabled,Name,OutpostArn^,PreferredInstanceType^,Protocols,ResolverEndpointType,RniEnhancedMetricsEnabled,SecurityGroupIds!^,Tags,TargetNameServerMetricsEnabled Arn,Direction,HostVPCId,IpAddressCount,Name,OutpostArn,PreferredInstanceType,ResolverEndpointId,ResolverEndpointType
AWS::Route53Resolver::ResolverQueryLoggingConfig DestinationArn^,Name^,Tags^ Arn,AssociationCount,CreationTime,CreatorRequestId,Id,OwnerId,ShareStatus,Status
AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation ResolverQueryLogConfigId^,ResourceId^ CreationTime,Error,ErrorMessage,Id,Status
AWS::Route53Resolver::ResolverRule DelegationRecord,DomainName?,Name,ResolverEndpointId,RuleType!^,Tags,TargetIps Arn,DomainName,Name,ResolverEndpointId,ResolverRuleId,TargetIps
AWS::Route53Resolver::ResolverRuleAssociation Name^,ResolverRuleId!^,VPCId!^ Name,ResolverRuleAssociationId,ResolverRuleId,VPCId
AWS::S3::AccessGrant AccessGrantsLocationConfiguration,AccessGrantsLocationId!,ApplicationArn,Grantee!,Permission!,S3PrefixType^,Tags^ AccessGrantArn,AccessGrantId,GrantScope
AWS::S3::AccessGrantsInstance IdentityCenterArn,Tags^ AccessGrantsInstanceArn,AccessGrantsInstanceId
AWS::S3::AccessGrantsLocation IamRoleArn!,LocationScope!,Tags^ AccessGrantsLocationArn,AccessGrantsLocationId
AWS::S3::AccessPoint Bucket!^,BucketAccountId^,Name^,Policy,PublicAccessBlockConfiguration,Tags,VpcConfiguration^ Alias,Arn,Name,NetworkOrigin
AWS::S3::Bucket AbacStatus,AccelerateConfiguration,AccessControl,AnalyticsConfigurations,BucketEncryption,BucketNamePrefix^,BucketName^,BucketNamespace^,CorsConfiguration,IntelligentTieringConfigurations,InventoryConfigurations,LifecycleConfiguration,LoggingConfiguration,MetadataConfiguration,MetadataTableConfiguration,MetricsConfigurations,NotificationConfiguration,ObjectLockConfiguration,ObjectLockEnabled^,OwnershipControls,PublicAccessBlockConfiguration,ReplicationConfiguration,Tags,VersioningConfiguration,WebsiteConfiguration Arn,DomainName,DualStackDomainName,MetadataConfiguration.AnnotationTableConfiguration,MetadataConfiguration.Destination,MetadataConfiguration.InventoryTableConfiguration,MetadataConfiguration.JournalTableConfiguration,MetadataTableConfiguration.S3TablesDestination,RegionalDomainName,WebsiteURL
AWS::S3::BucketPolicy Bucket!^,PolicyDocument! 
AWS::S3::MultiRegionAccessPoint Name^,PublicAccessBlockConfiguration^,Regions!^ Alias,CreatedAt
AWS::S3::MultiRegionAccessPointPolicy MrapName!^,Policy! PolicyStatus,PolicyStatus.IsPublic
AWS::S3::StorageLens StorageLensConfiguration!,Tags StorageLensConfiguration.StorageLensArn
AWS::S3::StorageLensGroup Filter!,Name!^,Tags StorageLensGroupArn
AWS::S3Express::AccessPoint Bucket!^,BucketAccountId^,Name^,Policy,PublicAccessBlockConfiguration,Scope,Tags,VpcConfiguration^ Arn,NetworkOrigin
AWS::S3Express::BucketPolicy Bucket!^,PolicyDocument! 
AWS::S3Express::DirectoryBucket BucketEncryption,BucketName^,DataRedundancy!^,InventoryConfigurations,LifecycleConfiguration,LocationName!^,MetricsConfigurations,Tags Arn,AvailabilityZoneName
AWS::S3Files::AccessPoint ClientToken^,FileSystemId!^,PosixUser^,RootDirectory^,Tags AccessPointArn,AccessPointId,OwnerId,Status
AWS::S3Files::FileSystem AcceptBucketWarning^,Bucket!^,ClientToken^,KmsKeyId^,Prefix^,RoleArn!^,SynchronizationConfiguration,Tags CreationTime,FileSystemArn,FileSystemId,OwnerId,Status,StatusMessage,SynchronizationConfiguration.LatestVersionNumber
AWS::S3Files::FileSystemPolicy FileSystemId!^,Policy! 
AWS::S3Files::MountTarget FileSystemId!^,IpAddressType^,Ipv4Address^,Ipv6Address^,SecurityGroups,SubnetId!^ AvailabilityZoneId,MountTargetId,NetworkInterfaceId,OwnerId,Status,StatusMessage,VpcId
AWS::S3ObjectLambda::AccessPoint Name^,ObjectLambdaConfiguration! Alias,Alias.Status,Alias.Value,Arn,CreationDate,PolicyStatus,PolicyStatus.IsPublic,PublicAccessBlockConfiguration,PublicAccessBlockConfiguration.BlockPublicAcls,PublicAccessBlockConfiguration.BlockPublicPolicy,PublicAccessBlockConfiguration.IgnorePublicAcls,PublicAccessBlockConfiguration.RestrictPublicBuckets
AWS::S3ObjectLambda::AccessPointPolicy ObjectLambdaAccessPoint!^,PolicyDocument! 
AWS::S3Outposts::AccessPoint Bucket!^,Name!^,Policy,VpcConfiguration!^ Arn
AWS::S3Outposts::Bucket BucketName!^,LifecycleConfiguration,OutpostId!^,Tags Arn
AWS::S3Outposts::BucketPolicy Bucket!^,PolicyDocument! 
AWS::S3Outposts::Endpoint AccessType^,CustomerOwnedIpv4Pool^,FailedReason,OutpostId!^,SecurityGroupId!^,SubnetId!^ Arn,CidrBlock,CreationTime,Id,NetworkInterfaces,Status
AWS::S3Tables::Namespace Namespace!^,TableBucketARN!^ 
AWS::S3Tables::Table Compaction,IcebergMetadata^,Namespace!,OpenTableFormat!^,SnapshotManagement,StorageClassConfiguration^,TableBucketARN!^,TableName!,Tags,WithoutMetadata^ TableARN,VersionToken,WarehouseLocation
AWS::S3Tables::TableBucket EncryptionConfiguration,MetricsConfiguration,ReplicationConfiguration,StorageClassConfiguration,TableBucketName!^,Tags,UnreferencedFileRemoval TableBucketARN
AWS::S3Tables::TableBucketPolicy ResourcePolicy!,TableBucketARN!^ 
AWS::S3Tables::TablePolicy ResourcePolicy!,TableARN!^ Namespace,TableBucketARN,TableName
AWS::S3Vectors::Index DataType!^,Dimension!^,DistanceMetric!^,EncryptionConfiguration^,IndexName^,MetadataConfiguration^,Tags,VectorBucketArn^,VectorBucketName^ CreationTime,IndexArn
AWS::S3Vectors::VectorBucket EncryptionConfiguration^,Tags,VectorBucketName^ CreationTime,VectorBucketArn
AWS::S3Vectors::VectorBucketPolicy Policy!,VectorBucketArn^,VectorBucketName^ 
AWS::SCN::DataIntegrationFlow InstanceId!^,Name!^,Sources!,Tags,Target!,Transformation! Arn,CreatedTime,LastModifiedTime
AWS::SCN::Dataset Description,InstanceId!^,Name!^,Namespace!^,PartitionSpec^,Schema^,Tags Arn,CreatedTime,LastModifiedTime
AWS::SCN::Namespace Description,InstanceId!^,Name!^,Tags Arn,CreatedTime,LastModifiedTime
AWS::SDB::Domain Description Id
AWS::SES::ConfigurationSet ArchivingOptions,DeliveryOptions,Name^,ReputationOptions,SendingOptions,SuppressionOptions,Tags,TrackingOptions,VdmOptions 
AWS::SES::ConfigurationSetEventDestination ConfigurationSetName!^,EventDestination! Id
AWS::SES::ContactList ContactListName^,Description,Tags,Topics 
AWS::SES::CustomVerificationEmailTemplate FailureRedirectionURL!,FromEmailAddress!,SuccessRedirectionURL!,Tags,TemplateContent!,TemplateName!^,TemplateSubject! 
AWS::SES::DedicatedIpPool PoolName^,ScalingMode?,Tags 
AWS::SES::EmailIdentity ConfigurationSetAttributes,DkimAttributes,DkimSigningAttributes,EmailIdentity!^,FeedbackAttributes,MailFromAttributes,Tags DkimDNSTokenName1,DkimDNSTokenName2,DkimDNSTokenName3,DkimDNSTokenValue1,DkimDNSTokenValue2,DkimDNSTokenValue3
AWS::SES::EmailIdentityCertificate CertificateArn!^,EmailIdentity!^,FromAddress!^ 
AWS::SES::MailManagerAddonInstance AddonSubscriptionId!^,Tags AddonInstanceArn,AddonInstanceId,AddonName
AWS::SES::MailManagerAddonSubscription AddonName!^,Tags AddonSubscriptionArn,AddonSubscriptionId
AWS::SES::MailManagerAddressList AddressListName^,Tags AddressListArn,AddressListId
AWS::SES::MailManagerArchive ArchiveName,KmsKeyArn^,Retention,Tags ArchiveArn,ArchiveId,ArchiveState
AWS::SES::MailManagerIngressPoint IngressPointConfiguration,IngressPointName,NetworkConfiguration^,RuleSetId!,StatusToUpdate,Tags,TlsPolicy,TrafficPolicyId!,Type!^ ARecord,IngressPointArn,IngressPointId,Status
AWS::SES::MailManagerRelay Authentication!,RelayName,ServerName!,ServerPort!,Tags RelayArn,RelayId
AWS::SES::MailManagerRuleSet RuleSetName,Rules!,Tags RuleSetArn,RuleSetId
AWS::SES::MailManagerTrafficPolicy DefaultAction!,MaxMessageSizeBytes,PolicyStatements!,Tags,TrafficPolicyName TrafficPolicyArn,TrafficPolicyId
AWS::SES::MultiRegionEndpoint Details!^,EndpointName!^,Tags 
AWS::SES::ReceiptFilter Filter!^ Id
AWS::SES::ReceiptRule After,Rule!,RuleSetName!^ Id,RuleName
AWS::SES::ReceiptRuleSet RuleSetName^ 
AWS::SES::Template Tags,Template Id
AWS::SES::Tenant ResourceAssociations,Tags,TenantName!^ Arn
AWS::SES::VdmAttributes DashboardAttributes,GuardianAttributes VdmAttributesResourceId
AWS::SMSVOICE::ConfigurationSet ConfigurationSetName^,DefaultSenderId,EventDestinations,MessageFeedbackEnabled,ProtectConfigurationId,Tags Arn
AWS::SMSVOICE::OptOutList OptOutListName^,Tags Arn
AWS::SMSVOICE::PhoneNumber DeletionProtectionEnabled,IsoCountryCode!^,MandatoryKeywords!,NumberCapabilities!^,NumberType!^,OptOutListName,OptionalKeywords,SelfManagedOptOutsEnabled,Tags,TwoWay Arn,PhoneNumber,PhoneNumberId
AWS::SMSVOICE::Pool DeletionProtectionEnabled,MandatoryKeywords!,OptOutListName,OptionalKeywords,OriginationIdentities!,SelfManagedOptOutsEnabled,SharedRoutesEnabled,Tags,TwoWay Arn,PoolId
AWS::SMSVOICE::ProtectConfiguration CountryRuleSet,DeletionProtectionEnabled,Tags Arn,ProtectConfigurationId
AWS::SMSVOICE::Registration RegistrationType!^,Tags CreatedTimestamp,CurrentVersionNumber,RegistrationArn,RegistrationId,RegistrationStatus
AWS::SMSVOICE::RegistrationAttachment AttachmentBody^,AttachmentUrl^,Tags AttachmentStatus,CreatedTimestamp,RegistrationAttachmentArn,RegistrationAttachmentId,UploadedAttachmentUrl
AWS::SMSVOICE::ResourcePolicy PolicyDocument!,ResourceArn!^ 
AWS::SMSVOICE::SenderId DeletionProtectionEnabled,IsoCountryCode!^,SenderId!^,Tags Arn
AWS::SMSVOICE::VerifiedDestinationNumber DestinationPhoneNumber!^,Tags CreatedTimestamp,Status,VerifiedDestinationNumberArn,VerifiedDestinationNumberId
AWS::SNS::Subscription DeliveryPolicy,Endpoint^,FilterPolicy,FilterPolicyScope,Protocol!^,RawMessageDelivery,RedrivePolicy,Region,ReplayPolicy,SubscriptionRoleArn,TopicArn!^ Arn
AWS::SNS::Topic ArchivePolicy,ContentBasedDeduplication,DataProtectionPolicy,DeliveryStatusLogging,DisplayName,FifoThroughputScope,FifoTopic^,KmsMasterKeyId,MaximumMessageSize,SignatureVersion,Subscription,Tags,TopicName^,TracingConfig TopicArn,TopicName
AWS::SNS::TopicInlinePolicy PolicyDocument!,TopicArn!^ 
AWS::SNS::TopicPolicy PolicyDocument!,Topics! Id
AWS::SQS::Queue ContentBasedDeduplication,DeduplicationScope,DelaySeconds,FifoQueue^,FifoThroughputLimit,KmsDataKeyReusePeriodSeconds,KmsMasterKeyId,MaximumMessageSize,MessageRetentionPeriod,QueueName^,ReceiveMessageWaitTimeSeconds,RedriveAllowPolicy,RedrivePolicy,SqsManagedSseEnabled,Tags,VisibilityTimeout Arn,QueueName,QueueUrl
AWS::SQS::QueueInlinePolicy PolicyDocument!,Queue!^ 
AWS::SQS::QueuePolicy PolicyDocument!,Queues! Id
AWS::SSM::Association ApplyOnlyAtCronInterval,AssociationDispatchAssumeRole,AssociationName,AutomationTargetParameterName,CalendarNames,ComplianceSeverity,DocumentVersion,InstanceId^,MaxConcurrency,MaxErrors,Name!,OutputLocation,Parameters,ScheduleExpression,ScheduleOffset,SyncCompliance,Tags,Targets,WaitForSuccessTimeoutSeconds AssociationId
AWS::SSM::CloudConnector ConfigConnectorArn!^,Configuration!,Description,DisplayName!,RoleArn!^,Tags CloudConnectorArn,CloudConnectorId,CreatedAt,UpdatedAt
AWS::SSM::Document Attachments?,Content!?,DocumentFormat?,DocumentType^,Name^,Requires?,Tags,TargetType?,UpdateMethod,VersionName? 
AWS::SSM::MaintenanceWindow AllowUnassociatedTargets!,Cutoff!,Description,Duration!,EndDate,Name!,Schedule!,ScheduleOffset,ScheduleTimezone,StartDate,Tags WindowId
AWS::SSM::MaintenanceWindowTarget Description,Name,OwnerInformation,ResourceType!,Targets!,WindowId!^ WindowTargetId
AWS::SSM::MaintenanceWindowTask CutoffBehavior,Description,LoggingInfo,MaxConcurrency,MaxErrors,Name,Priority!,ServiceRoleArn,Targets,TaskArn!,TaskInvocationParameters,TaskParameters,TaskType!^,WindowId!^ WindowTaskId
AWS::SSM::OpsItem Category,Description!,Priority,Severity,Source!^,Tags,Title! CreatedBy,CreatedTime,LastModifiedBy,LastModifiedTime,OpsItemArn,OpsItemId,OpsItemType,Status,Version
AWS::SSM::Parameter AllowedPattern,DataType,Description,Name^,Policies,Tags,Tier,Type!,Value! Arn,Type,Value
AWS::SSM::PatchBaseline ApprovalRules,ApprovedPatches,ApprovedPatchesComplianceLevel,ApprovedPatchesEnableNonSecurity,AvailableSecurityUpdatesComplianceStatus,DefaultBaseline,Description,GlobalFilters,Name!,OperatingSystem^,PatchGroups,RejectedPatches,RejectedPatchesAction,Sources,Tags Id
AWS::SSM::ResourceDataSync BucketName^,BucketPrefix^,BucketRegion^,KMSKeyArn^,S3Destination^,SyncFormat^,SyncName!^,SyncSource,SyncType^ SyncName
AWS::SSM::ResourcePolicy Policy!,ResourceArn!^ PolicyHash,PolicyId
AWS::SSM::ServiceSetting SettingId!^,SettingValue! Arn,LastModifiedDate,LastModifiedUser,Status
AWS::SSMContacts::Contact Alias!^,DisplayName!,Plan,Tags,Type!^ Arn
AWS::SSMContacts::ContactChannel ChannelAddress!,ChannelName!,ChannelType!^,ContactId!^,DeferActivation Arn
AWS::SSMContacts::Plan ContactId!^,RotationIds,Stages Arn
AWS::SSMContacts::Rotation ContactIds!,Name!,Recurrence!,StartTime!,Tags,TimeZoneId! Arn
AWS::SSMGuiConnect::Preferences ConnectionRecordingPreferences AccountId
AWS::SSMIncidents::ReplicationSet DeletionProtected,Regions!,Tags Arn
AWS::SSMIncidents::ResponsePlan Actions,ChatChannel,DisplayName,Engagements,IncidentTemplate!,Integrations,Name!^,Tags Arn
AWS::SSMQuickSetup::ConfigurationManager ConfigurationDefinitions!,Description,Name,Tags CreatedAt,LastModifiedAt,ManagerArn,StatusSummaries
AWS::SSMQuickSetup::LifecycleAutomation AutomationDocument!,AutomationParameters!,ResourceKey!^,Tags AssociationId
AWS::SSO::Application ApplicationProviderArn!^,Description,InstanceArn!^,Name!,PortalOptions,Status,Tags ApplicationArn,IdentityStoreArn
AWS::SSO::ApplicationAssignment ApplicationArn!^,PrincipalId!^,PrincipalType!^ 
AWS::SSO::Assignment InstanceArn!^,PermissionSetArn!^,PrincipalId!^,PrincipalType!^,TargetId!^,TargetType!^ 
AWS::SSO::Instance Name,Tags IdentityStoreId,InstanceArn,OwnerAccountId,Status
AWS::SSO::InstanceAccessControlAttributeConfiguration AccessControlAttributes,InstanceAccessControlAttributeConfiguration,InstanceArn!^ 
AWS::SSO::PermissionSet CustomerManagedPolicyReferences,Description,InlinePolicy,InstanceArn!^,ManagedPolicies,Name!^,PermissionsBoundary,RelayStateType,SessionDuration,Tags PermissionSetArn
AWS::SageMaker::AIWorkloadConfig AIWorkloadConfigName!^,AIWorkloadConfigs^,DatasetConfig^,Tags AIWorkloadConfigArn,CreationTime
AWS::SageMaker::Action ActionName!^,ActionType!^,Description,MetadataProperties^,Properties,Source!^,Status,Tags Arn,CreationTime,LastModifiedTime
AWS::SageMaker::Algorithm AlgorithmDescription^,AlgorithmName!^,CertifyForMarketplace^,InferenceSpecification^,Tags,TrainingSpecification!^ AlgorithmArn,CreationTime
AWS::SageMaker::App AppName!^,AppType!^,DomainId!^,RecoveryMode,ResourceSpec^,Tags^,UserProfileName!^ AppArn,BuiltInLifecycleConfigArn
AWS::SageMaker::AppImageConfig AppImageConfigName!^,CodeEditorAppImageConfig,JupyterLabAppImageConfig,KernelGatewayImageConfig,Tags^ AppImageConfigArn
AWS::SageMaker::Artifact ArtifactName,ArtifactType!^,MetadataProperties^,Properties,Source!^,Tags Arn,CreationTime,LastModifiedTime
AWS::SageMaker::Cluster AutoScaling,ClusterName^,ClusterRole,InstanceGroups,NodeProvisioningMode,NodeRecovery,Orchestrator,RestrictedInstanceGroups,RestrictedInstanceGroupsConfig,Tags,TieredStorageConfig,VpcConfig^ ClusterArn,ClusterStatus,CreationTime,FailureMessage
AWS::SageMaker::ClusterSchedulerConfig ClusterArn!^,Description,Name!^,SchedulerConfig!,Tags ClusterSchedulerConfigArn,ClusterSchedulerConfigId,ClusterSchedulerConfigVersion,CreationTime,Status
AWS::SageMaker::CodeRepository CodeRepositoryName^,GitConfig!,Tags CodeRepositoryArn,CodeRepositoryName
AWS::SageMaker::Context ContextName!^,ContextType!^,Description,Properties,Source!^,Tags Arn,CreationTime,LastModifiedTime
AWS::SageMaker::DataQualityJobDefinition DataQualityAppSpecification!^,DataQualityBaselineConfig^,DataQualityJobInput!^,DataQualityJobOutputConfig!^,EndpointName^,JobDefinitionName^,JobResources!^,NetworkConfig^,RoleArn!^,StoppingCondition^,Tags^ CreationTime,JobDefinitionArn
AWS::SageMaker::Device Device,DeviceFleetName!,Tags 
AWS::SageMaker::DeviceFleet Description,DeviceFleetName!^,OutputConfig!,RoleArn!,Tags 
AWS::SageMaker::Domain AppNetworkAccessType^,AppSecurityGroupManagement,AuthMode!^,DefaultSpaceSettings,DefaultUserSettings!,DomainName!^,DomainSettings,HomeEfsFileSystemCreation,KmsKeyId^,SubnetIds^,TagPropagation,Tags^,VpcId^ DomainArn,DomainId,HomeEfsFileSystemId,SecurityGroupIdForDomainBoundary,SingleSignOnApplicationArn,SingleSignOnManagedApplicationInstanceId,Url
AWS::SageMaker::Endpoint DeploymentConfig,EndpointConfigName!,EndpointName^,ExcludeRetainedVariantProperties,RetainAllVariantProperties,RetainDeploymentConfig,Tags EndpointArn,EndpointName
AWS::SageMaker::EndpointConfig AsyncInferenceConfig^,DataCaptureConfig^,EnableNetworkIsolation^,EndpointConfigName^,ExecutionRoleArn^,ExplainerConfig^,KmsKeyId^,MetricsConfig^,ProductionVariants!^,ShadowProductionVariants^,Tags,VpcConfig^ EndpointConfigArn,EndpointConfigName
AWS::SageMaker::Experiment Description,DisplayName,ExperimentName!^,Tags Arn,CreationTime,LastModifiedTime
AWS::SageMaker::ExperimentTrialComponent DisplayName,EndTime,MetadataProperties^,StartTime,Status,Tags,TrialComponentName!^ Arn,CreationTime,Id,LastModifiedTime,LineageGroupArn
AWS::SageMaker::FeatureGroup Description^,EventTimeFeatureName!^,FeatureDefinitions!,FeatureGroupName!^,OfflineStoreConfig^,OnlineStoreConfig^,RecordIdentifierFeatureName!^,RoleArn^,Tags^,ThroughputConfig CreationTime,FeatureGroupStatus
AWS::SageMaker::Hub HubDescription!,HubDisplayName,HubName!^,HubSearchKeywords,S3StorageConfig^,Tags CreationTime,HubArn,HubStatus,LastModifiedTime
AWS::SageMaker::HumanTaskUi HumanTaskUiName!^,Tags,UiTemplate^ CreationTime,HumanTaskUiArn
AWS::SageMaker::Image ImageDescription,ImageDisplayName,ImageName!^,ImageRoleArn!,Tags ImageArn
AWS::SageMaker::ImageVersion Alias,Aliases,BaseImage!^,Horovod,ImageName!^,JobType,MLFramework,Processor,ProgrammingLang,ReleaseNotes,VendorGuidance ContainerImage,ImageArn,ImageVersionArn,Version
AWS::SageMaker::InferenceComponent DeploymentConfig,EndpointArn,EndpointName!,InferenceComponentName,RuntimeConfig,Specification,Specifications,Tags,VariantName CreationTime,FailureReason,InferenceComponentArn,InferenceComponentStatus,LastModifiedTime,RuntimeConfig.CurrentCopyCount,RuntimeConfig.DesiredCopyCount,RuntimeConfig.PlacementStatus,Specification.Container,Specification.CurrentDataCacheConfig
AWS::SageMaker::InferenceExperiment DataStorageConfig,Description,DesiredState,EndpointName!^,KmsKey^,ModelVariants!,Name!^,RoleArn!^,Schedule,ShadowModeConfig,StatusReason,Tags,Type!^ Arn,CreationTime,EndpointMetadata,EndpointMetadata.EndpointConfigName,EndpointMetadata.EndpointName,EndpointMetadata.EndpointStatus,LastModifiedTime,Status
AWS::SageMaker::MlflowApp ArtifactStoreUri!,ModelRegistrationMode,Name!^,RoleArn!^,Tags,WeeklyMaintenanceWindowStart Arn,CreationTime,LastModifiedTime,MlflowAppId,MlflowVersion,Status
AWS::SageMaker::MlflowTrackingServer ArtifactStoreUri!,AutomaticModelRegistration,MlflowVersion,RoleArn!,Tags,TrackingServerName!^,TrackingServerSize,WeeklyMaintenanceWindowStart TrackingServerArn
AWS::SageMaker::Model Containers^,EnableNetworkIsolation^,ExecutionRoleArn^,InferenceExecutionConfig^,ModelName^,PrimaryContainer^,Tags,VpcConfig^ ModelArn,ModelName
AWS::SageMaker::ModelBiasJobDefinition EndpointName^,JobDefinitionName^,JobResources!^,ModelBiasAppSpecification!^,ModelBiasBaselineConfig^,ModelBiasJobInput!^,ModelBiasJobOutputConfig!^,NetworkConfig^,RoleArn!^,StoppingCondition^,Tags^ CreationTime,JobDefinitionArn
AWS::SageMaker::ModelCard Content!,CreatedBy,LastModifiedBy,ModelCardName!^,ModelCardStatus!,SecurityConfig^,Tags CreatedBy.DomainId,CreatedBy.UserProfileArn,CreatedBy.UserProfileName,CreationTime,LastModifiedBy.DomainId,LastModifiedBy.UserProfileArn,LastModifiedBy.UserProfileName,LastModifiedTime,ModelCardArn,ModelCardProcessingStatus,ModelCardVersion
AWS::SageMaker::ModelExplainabilityJobDefinition EndpointName^,JobDefinitionName^,JobResources!^,ModelExplainabilityAppSpecification!^,ModelExplainabilityBaselineConfig^,ModelExplainabilityJobInput!^,ModelExplainabilityJobOutputConfig!^,NetworkConfig^,RoleArn!^,StoppingCondition^,Tags^ CreationTime,JobDefinitionArn
AWS::SageMaker::ModelPackage AdditionalInferenceSpecifications,AdditionalInferenceSpecificationsToAdd,ApprovalDescription,CertifyForMarketplace,ClientToken^,CustomerMetadataProperties,Domain^,DriftCheckBaselines^,InferenceSpecification^,LastModifiedTime,MetadataProperties^,ModelApprovalStatus,ModelCard,ModelMetrics^,ModelPackageDescription^,ModelPackageGroupName^,ModelPackageName,ModelPackageStatusDetails,ModelPackageVersion,SamplePayloadUrl^,SecurityConfig^,SkipModelValidation,SourceAlgorithmSpecification^,SourceUri,Tags,Task^,ValidationSpecification^ CreationTime,LastModifiedTime,ModelPackageArn,ModelPackageStatus
AWS::SageMaker::ModelPackageGroup ModelPackageGroupDescription^,ModelPackageGroupName!^,ModelPackageGroupPolicy,Tags CreationTime,ModelPackageGroupArn,ModelPackageGroupStatus
AWS::SageMaker::ModelQualityJobDefinition EndpointName^,JobDefinitionName^,JobResources!^,ModelQualityAppSpecification!^,ModelQualityBaselineConfig^,ModelQualityJobInput!^,ModelQualityJobOutputConfig!^,NetworkConfig^,RoleArn!^,StoppingCondition^,Tags^ CreationTime,JobDefinitionArn
AWS::SageMaker::MonitoringSchedule EndpointName,FailureReason,LastMonitoringExecutionSummary,MonitoringScheduleConfig!,MonitoringScheduleName!^,MonitoringScheduleStatus,Tags CreationTime,LastModifiedTime,MonitoringScheduleArn
AWS::SageMaker::NotebookInstance AcceleratorTypes,AdditionalCodeRepositories,DefaultCodeRepository,DirectInternetAccess^,InstanceMetadataServiceConfiguration,InstanceType!,KmsKeyId^,LifecycleConfigName,NotebookInstanceName^,PlatformIdentifier^,RoleArn!,RootAccess,SecurityGroupIds^,SubnetId^,Tags,VolumeSizeInGB NotebookInstanceArn,NotebookInstanceName
AWS::SageMaker::NotebookInstanceLifecycleConfig NotebookInstanceLifecycleConfigName^,OnCreate,OnStart,Tags NotebookInstanceLifecycleConfigArn,NotebookInstanceLifecycleConfigName
AWS::SageMaker::PartnerApp AppVersion,ApplicationConfig,AuthType!^,ClientToken,EnableAutoMinorVersionUpgrade,EnableIamSessionBasedIdentity,ExecutionRoleArn!^,KmsKeyId^,MaintenanceConfig,Name!^,Tags,Tier!,Type!^ Arn,BaseUrl,CurrentVersionEolDate
AWS::SageMaker::Pipeline ParallelismConfiguration,PipelineDefinition!,PipelineDescription,PipelineDisplayName,PipelineName!^,RoleArn!,Tags 
AWS::SageMaker::ProcessingJob AppSpecification!^,Environment^,ExperimentConfig^,NetworkConfig^,ProcessingInputs^,ProcessingJobName^,ProcessingOutputConfig^,ProcessingResources!^,RoleArn!^,StoppingCondition^,Tags^ AutoMLJobArn,CreationTime,ExitMessage,FailureReason,LastModifiedTime,MonitoringScheduleArn,ProcessingEndTime,ProcessingJobArn,ProcessingJobStatus,ProcessingStartTime,TrainingJobArn
AWS::SageMaker::Project ProjectDescription^,ProjectName!^,ServiceCatalogProvisionedProductDetails,ServiceCatalogProvisioningDetails^,Tags^,TemplateProviderDetails^ CreationTime,ProjectArn,ProjectId,ProjectStatus
AWS::SageMaker::Space DomainId!^,OwnershipSettings^,SpaceDisplayName,SpaceName!^,SpaceSettings,SpaceSharingSettings^,Tags SpaceArn,Url
AWS::SageMaker::StudioLifecycleConfig StudioLifecycleConfigAppType!^,StudioLifecycleConfigContent!^,StudioLifecycleConfigName!^,Tags^ StudioLifecycleConfigArn
AWS::SageMaker::TrialComponent DisplayName,InputArtifacts,MetadataProperties^,OutputArtifacts,Parameters,Status,Tags,TrialComponentName!^ CreationTime,LastModifiedTime,LineageGroupArn,TrialComponentArn
AWS::SageMaker::UserProfile DomainId!^,SingleSignOnUserIdentifier^,SingleSignOnUserValue^,Tags^,UserProfileName!^,UserSettings UserProfileArn
AWS::SageMaker::Workforce CognitoConfig^,IpAddressType,OidcConfig,SourceIpConfig,Tags,WorkforceName!^,WorkforceVpcConfig SubDomain,WorkforceArn
AWS::SageMaker::Workteam Description!,MemberDefinitions!,NotificationConfiguration,Tags,WorkforceName^,WorkteamName^ WorkteamArn,WorkteamName
AWS::Scheduler::Schedule Description,EndDate,FlexibleTimeWindow!,GroupName,KmsKeyArn,Name^,ScheduleExpression!,ScheduleExpressionTimezone,StartDate,State,Target! Arn
AWS::Scheduler::ScheduleGroup Name^,Tags Arn,CreationDate,LastModificationDate,State
AWS::SecretsManager::ResourcePolicy BlockPublicPolicy,ResourcePolicy!,SecretId!^ Id
AWS::SecretsManager::RotationSchedule ExternalSecretRotationMetadata,ExternalSecretRotationRoleArn,HostedRotationLambda,RotateImmediatelyOnUpdate,RotationLambdaARN,RotationRules,SecretId!^ Id
AWS::SecretsManager::Secret Description,GenerateSecretString,KmsKeyId,Name^,ReplicaRegions,SecretString,Tags,Type Id
AWS::SecretsManager::SecretTargetAttachment SecretId!^,TargetId!,TargetType! Id
AWS::SecurityAgent::AgentSpace AwsResources,CodeReviewSettings,Description,IntegratedResources,KmsKeyId^,Name!,Tags,TargetDomainIds AgentSpaceId,CreatedAt,UpdatedAt
AWS::SecurityAgent::Application DefaultKmsKeyId,IdCConfiguration^,RoleArn,Tags ApplicationId,ApplicationName,Domain,IdCConfiguration.IdCApplicationArn
AWS::SecurityAgent::Artifact AgentSpaceId!^,ArtifactContent^,ArtifactType!^,FileName!^ Arn,ArtifactId,UpdatedAt
AWS::SecurityAgent::Pentest AgentSpaceId!^,Assets!,CleanUpStrategy,CodeRemediationStrategy,DisableManagedSkills,ExcludeRiskTypes,LogConfig,NetworkTrafficConfig,ServiceRole!,Title,VpcConfig CreatedAt,PentestId,UpdatedAt
AWS::SecurityAgent::SecurityRequirementPack Description,KmsKeyId^,Name!,SecurityRequirements,Status,Tags PackId
AWS::SecurityAgent::TargetDomain Tags,TargetDomainName!^,VerificationMethod! CreatedAt,TargetDomainId,VerificationDetails,VerificationStatus,VerificationStatusReason,VerifiedAt
AWS::SecurityHub::AggregatorV2 LinkedRegions!,RegionLinkingMode!,Tags AggregationRegion,AggregatorV2Arn
AWS::SecurityHub::AutomationRule Actions!,Criteria!,Description!,IsTerminal,RuleName!,RuleOrder!,RuleStatus,Tags CreatedAt,CreatedBy,RuleArn,UpdatedAt
AWS::SecurityHub::AutomationRuleV2 Actions!,Criteria!,Description!,RuleName!,RuleOrder!,RuleStatus,Tags CreatedAt,RuleArn,RuleId,UpdatedAt
AWS::SecurityHub::ConfigurationPolicy ConfigurationPolicy!,Description,Name!,Tags Arn,CreatedAt,Id,ServiceEnabled,UpdatedAt
AWS::SecurityHub::Connector Description,Name!^,Provider!,Tags ConnectorArn,ConnectorId,ConnectorStatus,CreatedAt,CreatedBy,EnablementStatus,Issues,LastCheckedAt,LastUpdatedAt,Message
AWS::SecurityHub::ConnectorV2 Description,KmsKeyArn^,Name!^,Provider!,Tags ConnectorArn,ConnectorId,ConnectorStatus,CreatedAt,EnablementStatus,EnablementStatusReason,Issues,LastCheckedAt,LastUpdatedAt,Message
AWS::SecurityHub::DelegatedAdmin AdminAccountId!^ DelegatedAdminIdentifier,Status
AWS::SecurityHub::FindingAggregator RegionLinkingMode!,Regions FindingAggregationRegion,FindingAggregatorArn
AWS::SecurityHub::Hub AutoEnableControls,ControlFindingGenerator,EnableDefaultStandards,Tags ARN,SubscribedAt
AWS::SecurityHub::HubV2 NetworkScanning,Tags HubV2Arn,SubscribedAt
AWS::SecurityHub::Insight Filters!,GroupByAttribute!,Name! InsightArn
AWS::SecurityHub::OrganizationConfiguration AutoEnable!,AutoEnableStandards,ConfigurationType MemberAccountLimitReached,OrganizationConfigurationIdentifier,Status,StatusMessage
AWS::SecurityHub::PolicyAssociation ConfigurationPolicyId!,TargetId!^,TargetType!^ AssociationIdentifier,AssociationStatus,AssociationStatusMessage,AssociationType,UpdatedAt
AWS::SecurityHub::ProductSubscription ProductArn!^ ProductSubscriptionArn
AWS::SecurityHub::SecurityControl LastUpdateReason,Parameters!,SecurityControlArn,SecurityControlId^ 
AWS::SecurityHub::Standard DisabledStandardsControls,StandardsArn!^ StandardsSubscriptionArn
AWS::SecurityLake::AwsLogSource Accounts,DataLakeArn!^,SourceName!^,SourceVersion!^ 
AWS::SecurityLake::DataLake EncryptionConfiguration,LifecycleConfiguration,MetaStoreManagerRoleArn,ReplicationConfiguration,Tags Arn,S3BucketArn
AWS::SecurityLake::Subscriber AccessTypes!,DataLakeArn!^,Sources!,SubscriberDescription,SubscriberIdentity!,SubscriberName!,Tags ResourceShareArn,ResourceShareName,S3BucketArn,SubscriberArn,SubscriberRoleArn
AWS::SecurityLake::SubscriberNotification NotificationConfiguration!,SubscriberArn!^ SubscriberEndpoint
AWS::Serverless::Api AccessLogSetting^,AlwaysDeploy^,Auth^,BinaryMediaTypes^,CacheClusterEnabled^,CacheClusterSize^,CanarySetting^,Cors^,DefinitionBody^,DefinitionUri^,Description^,DisableExecuteApiEndpoint^,Domain^,EndpointConfiguration^,GatewayResponses^,MethodSettings^,MinimumCompressionSize^,Models^,Name^,OpenApiVersion^,StageName!^,Tags^,TracingEnabled^,Variables^ 
AWS::Serverless::Application Location!^,NotificationArns^,Parameters^,Tags^,TimeoutInMinutes^ 
AWS::Serverless::Function Architectures^,AssumeRolePolicyDocument^,AutoPublishAlias^,AutoPublishCodeSha256^,CodeSigningConfigArn^,CodeUri^,DeadLetterQueue^,DeploymentPreference^,Description^,Environment^,EphemeralStorage^,EventInvokeConfig^,Events^,FileSystemConfigs^,FunctionName^,FunctionUrlConfig^,Handler^,ImageConfig^,ImageUri^,InlineCode^,KmsKeyArn^,Layers^,MemorySize^,PackageType^,PermissionsBoundary^,Policies^,ProvisionedConcurrencyConfig^,ReservedConcurrentExecutions^,Role^,Runtime^,Tags^,Timeout^,Tracing^,VersionDescription^,VpcConfig^ 
AWS::Serverless::HttpApi AccessLogSetting^,Auth^,CorsConfiguration^,DefaultRouteSettings^,DefinitionBody^,DefinitionUri^,Description^,DisableExecuteApiEndpoint^,Domain^,FailOnWarnings^,RouteSettings^,StageName^,StageVariables^,Tags^ 
AWS::Serverless::LayerVersion CompatibleRuntimes^,ContentUri^,Description^,LayerName^,LicenseInfo^,RetentionPolicy^ 
AWS::Serverless::SimpleTable PrimaryKey^,ProvisionedThroughput^,SSESpecification^,TableName^,Tags^ 
AWS::Serverless::StateMachine DefinitionSubstitutions^,DefinitionUri^,Definition^,Events^,Logging^,Name^,PermissionsBoundaries^,Policies^,Role^,Tags^,Tracing^,Type^ 
AWS::ServerlessRepo::Application Author!,Description!,HomePageUrl,Labels,LicenseBody^,Name!^,ReadmeBody,SemanticVersion^,SourceCodeUrl^,SpdxLicenseId^,TemplateBody^ ApplicationId,CreationTime,IsVerifiedAuthor
AWS::ServiceCatalog::AcceptedPortfolioShare AcceptLanguage^,PortfolioId!^ Id
AWS::ServiceCatalog::CloudFormationProduct AcceptLanguage,Description,Distributor,Name!,Owner!,ProductType,ProvisioningArtifactParameters,ReplaceProvisioningArtifacts,SourceConnection,SupportDescription,SupportEmail,SupportUrl,Tags Id,ProductName,ProvisioningArtifactIds,ProvisioningArtifactNames
AWS::ServiceCatalog::CloudFormationProvisionedProduct AcceptLanguage,NotificationArns^,PathId,PathName,ProductId,ProductName,ProvisionedProductName^,ProvisioningArtifactId,ProvisioningArtifactName,ProvisioningParameters,ProvisioningPreferences,Tags CloudformationStackArn,Outputs,ProvisionedProductId,RecordId
AWS::ServiceCatalog::LaunchNotificationConstraint AcceptLanguage,Description,NotificationArns!,PortfolioId!^,ProductId!^ Id
AWS::ServiceCatalog::LaunchRoleConstraint AcceptLanguage,Description,LocalRoleName,PortfolioId!^,ProductId!^,RoleArn Id
AWS::ServiceCatalog::LaunchTemplateConstraint AcceptLanguage,Description,PortfolioId!^,ProductId!^,Rules! Id
AWS::ServiceCatalog::Portfolio AcceptLanguage,Description,DisplayName!,ProviderName!,Tags Id,PortfolioName
AWS::ServiceCatalog::PortfolioPrincipalAssociation AcceptLanguage^,PortfolioId^,PrincipalARN^,PrincipalType!^ 
AWS::ServiceCatalog::PortfolioProductAssociation AcceptLanguage^,PortfolioId^,ProductId^,SourcePortfolioId^ 
AWS::ServiceCatalog::PortfolioShare AcceptLanguage^,AccountId!^,PortfolioId!^,ShareTagOptions 
AWS::ServiceCatalog::ResourceUpdateConstraint AcceptLanguage,Description,PortfolioId!^,ProductId!^,TagUpdateOnProvisionedProduct! Id
AWS::ServiceCatalog::ServiceAction AcceptLanguage,Definition!,DefinitionType!,Description,Name! Id
AWS::ServiceCatalog::ServiceActionAssociation ProductId!^,ProvisioningArtifactId!^,ServiceActionId!^ 
AWS::ServiceCatalog::StackSetConstraint AcceptLanguage,AccountList!,AdminRole!,Description!,ExecutionRole!,PortfolioId!^,ProductId!^,RegionList!,StackInstanceControl! Id
AWS::ServiceCatalog::TagOption Active,Key!^,Value!^ Id
AWS::ServiceCatalog::TagOptionAssociation ResourceId^,TagOptionId^ 
AWS::ServiceCatalogAppRegistry::Application Description,Name!,Tags ApplicationName,ApplicationTagKey,ApplicationTagValue,Arn,Id
AWS::ServiceCatalogAppRegistry::AttributeGroup Attributes!,Description,Name!,Tags Arn,Id
AWS::ServiceCatalogAppRegistry::AttributeGroupAssociation Application!^,AttributeGroup!^ ApplicationArn,AttributeGroupArn,Id
AWS::ServiceCatalogAppRegistry::ResourceAssociation Application!^,Resource!^,ResourceType!^ ApplicationArn,Id,ResourceArn
AWS::ServiceDiscovery::HttpNamespace Description,Name!^,Tags Arn,Id
AWS::ServiceDiscovery::Instance InstanceAttributes!,InstanceId^,ServiceId!^ 
AWS::ServiceDiscovery::PrivateDnsNamespace Description,Name!^,Properties,Tags,Vpc^ Arn,HostedZoneId,Id
AWS::ServiceDiscovery::PublicDnsNamespace Description,Name!^,Properties,Tags Arn,HostedZoneId,Id
AWS::ServiceDiscovery::Service Description,DnsConfig,HealthCheckConfig,HealthCheckCustomConfig^,Name^,NamespaceId^,ServiceAttributes,Tags,Type^ Arn,Id,Name
AWS::Shield::DRTAccess LogBucketList,RoleArn! AccountId
AWS::Shield::ProactiveEngagement EmergencyContactList!,ProactiveEngagementStatus! AccountId
AWS::Shield::Protection ApplicationLayerAutomaticResponseConfiguration,HealthCheckArns,Name!^,ResourceArn!^,Tags ProtectionArn,ProtectionId
AWS::Shield::ProtectionGroup Aggregation!,Members,Pattern!,ProtectionGroupId!^,ResourceType,Tags ProtectionGroupArn
AWS::Signer::ProfilePermission Action!^,Principal!^,ProfileName!^,ProfileVersion^,StatementId!^ 
AWS::Signer::SigningProfile PlatformId!^,ProfileName^,SignatureValidityPeriod^,Tags Arn,ProfileName,ProfileVersion,ProfileVersionArn
AWS::SimSpaceWeaver::Simulation MaximumDuration^,Name!^,RoleArn!^,SchemaS3Location^,SnapshotS3Location^ DescribePayload
AWS::StepFunctions::Activity EncryptionConfiguration^,Name!^,Tags Arn,Name
AWS::StepFunctions::StateMachine Definition,DefinitionS3Location,DefinitionString,DefinitionSubstitutions,EncryptionConfiguration,LoggingConfiguration,RoleArn!,StateMachineName^,StateMachineType^,Tags,TracingConfiguration Arn,Name,StateMachineRevisionId
AWS::StepFunctions::StateMachineAlias DeploymentPreference,Description,Name^,RoutingConfiguration,StateMachineArn Arn
AWS::StepFunctions::StateMachineVersion Description^,StateMachineArn!^,StateMachineRevisionId^ Arn
AWS::StorageGateway::Tape GatewayARN!^,KMSEncrypted^,KMSKey^,PoolId^,Tags,TapeBarcode^,TapeSizeInBytes!^,Worm^ TapeARN,TapeCreatedDate,TapeStatus,TapeUsedInBytes
AWS::StorageGateway::TapePool PoolName!^,RetentionLockTimeInDays^,RetentionLockType^,StorageClass!^,Tags PoolARN,PoolId
AWS::StorageGateway::Volume GatewayARN!^,KMSEncrypted^,KMSKey^,NetworkInterfaceId!^,SnapshotId^,SourceVolumeARN^,Tags,TargetName!^,VolumeSizeInBytes!^ CreatedDate,TargetARN,VolumeARN,VolumeAttachmentStatus,VolumeId,VolumeStatus,VolumeType,VolumeUsedInBytes
AWS::SupportApp::AccountAlias AccountAlias! AccountAliasResourceId
AWS::SupportApp::SlackChannelConfiguration ChannelId!^,ChannelName,ChannelRoleArn!,NotifyOnAddCorrespondenceToCase,NotifyOnCaseSeverity!,NotifyOnCreateOrReopenCase,NotifyOnResolveCase,TeamId!^ 
AWS::SupportApp::SlackWorkspaceConfiguration TeamId!^,VersionId 
AWS::SupportAuthZ::SupportPermit Description^,Name!^,Permit!^,SigningKeyInfo!^,SupportCaseDisplayId^,Tags Arn,CreatedAt,PermitId,Status
AWS::Synthetics::Canary ArtifactConfig,ArtifactS3Location!,BrowserConfigs,Code!,DeleteLambdaResourcesOnCanaryDeletion,DryRunAndUpdate,ExecutionRoleArn!,FailureRetentionPeriod,KmsKeyArn,Name!^,ProvisionedResourceCleanup,Replicas,ResourcesToReplicateTags,RunConfig,RuntimeVersion!,Schedule!,StartCanaryAfterCreation,SuccessRetentionPeriod,Tags,VPCConfig,VisualReference,VisualReferences Code.SourceLocationArn,Id,State
AWS::Synthetics::Group Name!^,ResourceArns,Tags Id
AWS::SystemsManagerSAP::Application ApplicationId!,ApplicationType!,ComponentsInfo^,Credentials^,DatabaseArn^,Instances^,SapInstanceNumber^,Sid^,Tags Arn
AWS::Textract::Adapter AdapterName!,AutoUpdate,Description,FeatureTypes!^,Tags AdapterId,Arn,CreationTime
AWS::Timestream::Database DatabaseName^,KmsKeyId,Tags Arn
AWS::Timestream::InfluxDBCluster AllocatedStorage^,Bucket^,DbInstanceType,DbParameterGroupIdentifier,DbStorageType^,DeploymentType^,FailoverMode,LogDeliveryConfiguration,MaintenanceSchedule,Name^,NetworkType^,Organization^,Password^,Port,PubliclyAccessible^,Tags,Username^,VpcSecurityGroupIds^,VpcSubnetIds^ Arn,Endpoint,EngineType,Id,InfluxAuthParametersSecretArn,NextMaintenanceTime,ReaderEndpoint,Status
AWS::Timestream::InfluxDBInstance AllocatedStorage,Bucket^,DbInstanceType,DbParameterGroupIdentifier,DbStorageType,DeploymentType,LogDeliveryConfiguration,MaintenanceSchedule,Name^,NetworkType^,Organization^,Password^,Port,PubliclyAccessible^,Tags,Username^,VpcSecurityGroupIds^,VpcSubnetIds^ Arn,AvailabilityZone,Endpoint,Id,InfluxAuthParametersSecretArn,NextMaintenanceTime,SecondaryAvailabilityZone,Status
AWS::Timestream::ScheduledQuery ClientToken^,ErrorReportConfiguration!^,KmsKeyId^,NotificationConfiguration!^,QueryString!^,ScheduleConfiguration!^,ScheduledQueryExecutionRoleArn!^,ScheduledQueryName^,Tags,TargetConfiguration^ Arn,SQErrorReportConfiguration,SQKmsKeyId,SQName,SQNotificationConfiguration,SQQueryString,SQScheduleConfiguration,SQScheduledQueryExecutionRoleArn,SQTargetConfiguration
AWS::Timestream::Table DatabaseName!^,MagneticStoreWriteProperties,RetentionProperties,Schema,TableName^,Tags Arn,Name
AWS::Transcribe::CallAnalyticsCategory CategoryName!^,InputType^,Rules!,Tags Arn,CreateTime,LastUpdateTime
AWS::Transcribe::MedicalVocabulary LanguageCode!^,Tags,VocabularyFileUri,VocabularyName!^ Arn
AWS::Transcribe::Vocabulary DataAccessRoleArn,LanguageCode!^,Phrases,Tags,VocabularyFileUri,VocabularyName!^ Arn,LastModifiedTime,VocabularyState
AWS::Transcribe::VocabularyFilter DataAccessRoleArn,LanguageCode!^,Tags,VocabularyFilterFileUri,VocabularyFilterName!^,Words Arn
AWS::Transfer::Agreement AccessRole!,BaseDirectory,CustomDirectories,Description,EnforceMessageSigning,LocalProfileId!,PartnerProfileId!,PreserveFilename,ServerId!^,Status,Tags AgreementId,Arn
AWS::Transfer::Certificate ActiveDate,Certificate!^,CertificateChain^,Description,InactiveDate,PrivateKey^,Tags,Usage! Arn,CertificateId,NotAfterDate,NotBeforeDate,Serial,Status,Type
AWS::Transfer::Connector AccessRole!,As2Config,EgressConfig,EgressType,IpAddressType,LoggingRole,SecurityPolicyName,SftpConfig,Tags,Url Arn,ConnectorId,ErrorMessage,ServiceManagedEgressIpAddresses,Status
AWS::Transfer::HostKey Description,HostKeyBody^,ServerId!^,Tags Arn,DateImported,HostKeyFingerprint,HostKeyId,Type
AWS::Transfer::Profile As2Id!,CertificateIds,ProfileType!^,Tags Arn,ProfileId
AWS::Transfer::Server Certificate,Domain^,EndpointDetails,EndpointType,IdentityProviderDetails,IdentityProviderType^,IpAddressType,LoggingRole,PostAuthenticationLoginBanner,PreAuthenticationLoginBanner,ProtocolDetails,Protocols,S3StorageOptions,SecurityPolicyName,StructuredLogDestinations,Tags,WorkflowDetails Arn,As2ServiceManagedEgressIpAddresses,ServerId,State
AWS::Transfer::User HomeDirectory,HomeDirectoryMappings,HomeDirectoryType,Policy,PosixProfile,Role!,ServerId!^,SshPublicKeys,Tags,UserName!^ Arn,ServerId,UserName
AWS::Transfer::WebApp AccessEndpoint,EndpointDetails,IdentityProviderDetails!,Tags,WebAppCustomization,WebAppEndpointPolicy^,WebAppUnits Arn,IdentityProviderDetails.ApplicationArn,VpcEndpointId,WebAppId
AWS::Transfer::Workflow Description^,OnExceptionSteps^,Steps!^,Tags Arn,WorkflowId
AWS::Translate::ParallelData Description^,EncryptionKey^,Name!^,ParallelDataConfig!,Tags Arn,CreatedAt,FailedRecordCount,ImportedDataSize,ImportedRecordCount,LastUpdatedAt,SkippedRecordCount,SourceLanguageCode,Status,TargetLanguageCodes
AWS::UXC::AccountCustomization AccountColor,VisibleRegions,VisibleServices AccountId
AWS::VerifiedPermissions::IdentitySource Configuration!,PolicyStoreId!^,PrincipalEntityType Details,Details.ClientIds,Details.DiscoveryUrl,Details.OpenIdIssuer,Details.UserPoolArn,IdentitySourceId
AWS::VerifiedPermissions::Policy Definition!,Name,PolicyStoreId!^ PolicyId,PolicyType
AWS::VerifiedPermissions::PolicyStore DeletionProtection,Description,EncryptionSettings,Schema,Tags,ValidationSettings! Arn,EncryptionState,PolicyStoreId
AWS::VerifiedPermissions::PolicyStoreAlias AliasName!^,PolicyStoreId!^ 
AWS::VerifiedPermissions::PolicyTemplate Description,Name,PolicyStoreId!^,Statement! PolicyTemplateId
AWS::VoiceID::Domain Description,Name!,ServerSideEncryptionConfiguration!,Tags DomainId
AWS::VpcLattice::AccessLogSubscription DestinationArn!,ResourceIdentifier^,ServiceNetworkLogType,Tags Arn,Id,ResourceArn,ResourceId
AWS::VpcLattice::AuthPolicy Policy!,ResourceIdentifier!^ State
AWS::VpcLattice::DomainVerification DomainName!^,Tags Arn,Id,Status,TxtMethodConfig
AWS::VpcLattice::Listener DefaultAction!,Name^,Port^,Protocol!^,ServiceIdentifier^,Tags Arn,Id,ServiceArn,ServiceId
AWS::VpcLattice::ResourceConfiguration AllowAssociationToSharableServiceNetwork,CustomDomainName^,DomainVerificationId^,GroupDomain^,Name!,PortRanges,ProtocolType^,ResourceConfigurationAuthType^,ResourceConfigurationDefinition,ResourceConfigurationGroupId,ResourceConfigurationType!^,ResourceGatewayId^,Tags Arn,Id
AWS::VpcLattice::ResourceGateway IpAddressType^,Ipv4AddressesPerEni,Name!^,ResourceConfigDnsResolution^,SecurityGroupIds,SubnetIds!^,Tags,VpcIdentifier!^ Arn,Id
AWS::VpcLattice::ResourcePolicy Policy!,ResourceArn!^ 
AWS::VpcLattice::Rule Action!,ListenerIdentifier^,Match!,Name^,Priority!,ServiceIdentifier^,Tags Arn,Id
AWS::VpcLattice::Service AuthType,CertificateArn,CustomDomainName^,DnsEntry,IdleTimeoutSeconds,Name^,Tags Arn,CreatedAt,DnsEntry.DomainName,DnsEntry.HostedZoneId,Id,LastUpdatedAt,Status
AWS::VpcLattice::ServiceNetwork AuthType,Name^,SharingConfig^,Tags Arn,CreatedAt,Id,LastUpdatedAt
AWS::VpcLattice::ServiceNetworkResourceAssociation PrivateDnsEnabled^,ResourceConfigurationId^,ServiceNetworkId^,Tags Arn,Id
AWS::VpcLattice::ServiceNetworkServiceAssociation DnsEntry,ServiceIdentifier^,ServiceNetworkIdentifier^,Tags Arn,CreatedAt,DnsEntry.DomainName,DnsEntry.HostedZoneId,Id,ServiceArn,ServiceId,ServiceName,ServiceNetworkArn,ServiceNetworkId,ServiceNetworkName,Status
AWS::VpcLattice::ServiceNetworkVpcAssociation DnsOptions,PrivateDnsEnabled,SecurityGroupIds,ServiceNetworkIdentifier^,Tags,VpcIdentifier^ Arn,CreatedAt,Id,ServiceNetworkArn,ServiceNetworkId,ServiceNetworkName,Status,VpcId
AWS::VpcLattice::TargetGroup Config,Name^,Tags,Targets,Type!^ Arn,CreatedAt,Id,LastUpdatedAt,Status
AWS::WAF::ByteMatchSet ByteMatchTuples,Name!^ Id
AWS::WAF::IPSet IPSetDescriptors,Name!^ Id
AWS::WAF::Rule MetricName!^,Name!^,Predicates Id
AWS::WAF::SizeConstraintSet Name!^,SizeConstraints! Id
AWS::WAF::SqlInjectionMatchSet Name!^,SqlInjectionMatchTuples Id
AWS::WAF::WebACL DefaultAction!,MetricName!^,Name!^,Rules Id
AWS::WAF::XssMatchSet Name!^,XssMatchTuples! Id
AWS::WAFRegional::ByteMatchSet ByteMatchTuples,Name!^ Id
AWS::WAFRegional::GeoMatchSet GeoMatchConstraints,Name!^ Id
AWS::WAFRegional::IPSet IPSetDescriptors,Name!^ Id
AWS::WAFRegional::RateBasedRule MatchPredicates,MetricName!^,Name!^,RateKey!^,RateLimit! Id
AWS::WAFRegional::RegexPatternSet Name!^,RegexPatternStrings! Id
AWS::WAFRegional::Rule MetricName!^,Name!^,Predicates Id
AWS::WAFRegional::SizeConstraintSet Name!^,SizeConstraints Id
AWS::WAFRegional::SqlInjectionMatchSet Name!^,SqlInjectionMatchTuples Id
AWS::WAFRegional::WebACL DefaultAction!,MetricName!^,Name!^,Rules Id
AWS::WAFRegional::WebACLAssociation ResourceArn!^,WebACLId!^ Id
AWS::WAFRegional::XssMatchSet Name!^,XssMatchTuples Id
AWS::WAFv2::IPSet Addresses!,Description,IPAddressVersion!,Name^,Scope!^,Tags Arn,Id
AWS::WAFv2::LoggingConfiguration LogDestinationConfigs!,LoggingFilter,RedactedFields,ResourceArn!^ ManagedByFirewallManager
AWS::WAFv2::RegexPatternSet Description,Name^,RegularExpressionList!,Scope!^,Tags Arn,Id
AWS::WAFv2::RuleGroup AvailableLabels,Capacity!,ConsumedLabels,CustomResponseBodies,Description,MonetizationConfig,Name^,Rules,Scope!^,Tags,VisibilityConfig! Arn,Id,LabelNamespace
AWS::WAFv2::WebACL ApplicationConfig,AssociationConfig,CaptchaConfig,ChallengeConfig,CustomResponseBodies,DataProtectionConfig,DefaultAction!,Description,MonetizationConfig,Name^,OnSourceDDoSProtectionConfig,Rules,Scope!^,Tags,TokenDomains,VisibilityConfig! Arn,Capacity,Id,LabelNamespace
AWS::WAFv2::WebACLAssociation ResourceArn!^,WebACLArn!^ 
AWS::WellArchitected::AgentContext Content!,ContextType!^,ProfileArn!^,Title! ApplicationType,Arn,CreatedAt,CreatedBy,Criticality,Id,LastModifiedAt,LastModifiedBy
AWS::WellArchitected::AgentGoal Description,Pillars!,ProfileArn!^,Title! Arn,CreatedAt,CreatedBy,Id,LastModifiedAt,LastModifiedBy
AWS::WellArchitected::AgentProfile AggregationConfiguration!,BusinessOverview,DeletionProtection,Description,DisplayName,ExecutionRoleArn!,Name!^,Pillars!,Tags Arn,CreatedAt,CreatedBy,LastModifiedAt,LastModifiedBy
AWS::WellArchitected::Lens JSONString^,LensVersion^,Tags Description,LensArn,LensId,Name,Owner
AWS::WellArchitected::Profile ProfileDescription!,ProfileName!^,ProfileQuestions!,Tags CreatedAt,Owner,ProfileArn,ProfileVersion,UpdatedAt
AWS::WellArchitected::ReviewTemplate Description!,Lenses!^,Notes,Tags,TemplateName! Owner,TemplateArn,UpdateStatus,UpdatedAt
AWS::WellArchitected::Workload AccountIds,ArchitecturalDesign,AwsRegions,Description!,DiscoveryConfig,Environment!,Industry,IndustryType,Lenses!^,NonAwsRegions,Notes,ReviewOwner,Tags,WorkloadName! ImprovementStatus,WorkloadArn,WorkloadId
AWS::Wickr::Network AccessLevel!^,NetworkName! AwsAccountId,MigrationState,NetworkArn,NetworkId,Standing
AWS::Wisdom::AIAgent AssistantId!^,Configuration!,Description,Name^,Tags^,Type!^ AIAgentArn,AIAgentId,AssistantArn,ModifiedTimeSeconds
AWS::Wisdom::AIAgentVersion AIAgentId!^,AssistantId!^,ModifiedTimeSeconds^ AIAgentArn,AIAgentVersionId,AssistantArn,VersionNumber
AWS::Wisdom::AIGuardrail AssistantId!^,BlockedInputMessaging!,BlockedOutputsMessaging!,ContentPolicyConfig,ContextualGroundingPolicyConfig,Description,Name^,SensitiveInformationPolicyConfig,Tags^,TopicPolicyConfig,WordPolicyConfig AIGuardrailArn,AIGuardrailId,AssistantArn,ModifiedTimeSeconds
AWS::Wisdom::AIGuardrailVersion AIGuardrailId!^,AssistantId!^,ModifiedTimeSeconds^ AIGuardrailArn,AIGuardrailVersionId,AssistantArn,VersionNumber
AWS::Wisdom::AIPrompt ApiFormat!^,AssistantId^,Description,ModelId!,Name^,Tags^,TemplateConfiguration!,TemplateType!^,Type!^ AIPromptArn,AIPromptId,AssistantArn,ModifiedTimeSeconds
AWS::Wisdom::AIPromptVersion AIPromptId!^,AssistantId!^,ModifiedTimeSeconds^ AIPromptArn,AIPromptVersionId,AssistantArn,VersionNumber
AWS::Wisdom::Assistant Description^,Name!^,ServerSideEncryptionConfiguration^,Tags^,Type!^ AssistantArn,AssistantId
AWS::Wisdom::AssistantAssociation AssistantId!^,Association!^,AssociationType!^,Tags^ AssistantArn,AssistantAssociationArn,AssistantAssociationId
AWS::Wisdom::KnowledgeBase Description^,KnowledgeBaseType!^,Name!^,RenderingConfiguration,ServerSideEncryptionConfiguration^,SourceConfiguration^,Tags^,VectorIngestionConfiguration KnowledgeBaseArn,KnowledgeBaseId
AWS::Wisdom::MessageTemplate ChannelSubtype!^,Content!,DefaultAttributes,Description,GroupingConfiguration,KnowledgeBaseArn!^,Language,MessageTemplateAttachments,Name!,Tags MessageTemplateArn,MessageTemplateContentSha256,MessageTemplateId
AWS::Wisdom::MessageTemplateVersion MessageTemplateArn!^,MessageTemplateContentSha256 MessageTemplateVersionArn,MessageTemplateVersionNumber
AWS::Wisdom::QuickResponse Channels,Content!,ContentType,Description,GroupingConfiguration,IsActive,KnowledgeBaseArn!^,Language,Name!,ShortcutKey,Tags Contents,QuickResponseArn,QuickResponseId,Status
AWS::WorkSpaces::ConnectionAlias ConnectionString!^,Tags^ AliasId,Associations,ConnectionAliasState
AWS::WorkSpaces::Workspace BundleId!?,DirectoryId!^,RootVolumeEncryptionEnabled?,Tags,UserName!^,UserVolumeEncryptionEnabled?,VolumeEncryptionKey?,WorkspaceProperties Id,WorkspaceId
AWS::WorkSpaces::WorkspaceIpGroup GroupDesc^,GroupName!^,Tags,UserRules Arn,GroupId
AWS::WorkSpaces::WorkspacesPool ApplicationSettings,BundleId!,Capacity!,Description,DirectoryId!,PoolName!^,RunningMode,Tags,TimeoutSettings CreatedAt,PoolArn,PoolId
AWS::WorkSpacesThinClient::Environment DesiredSoftwareSetId,DesktopArn!^,DesktopEndpoint,DeviceCreationTags,KmsKeyArn^,MaintenanceWindow,Name,SoftwareSetUpdateMode,SoftwareSetUpdateSchedule,Tags ActivationCode,Arn,CreatedAt,DesktopType,Id,PendingSoftwareSetId,PendingSoftwareSetVersion,RegisteredDevicesCount,SoftwareSetComplianceStatus,UpdatedAt
AWS::WorkSpacesWeb::BrowserSettings AdditionalEncryptionContext^,BrowserPolicy,CustomerManagedKey^,Tags,WebContentFilteringPolicy AssociatedPortalArns,BrowserSettingsArn
AWS::WorkSpacesWeb::DataProtectionSettings AdditionalEncryptionContext^,CustomerManagedKey^,Description,DisplayName,InlineRedactionConfiguration,Tags AssociatedPortalArns,CreationDate,DataProtectionSettingsArn
AWS::WorkSpacesWeb::IdentityProvider IdentityProviderDetails!,IdentityProviderName!,IdentityProviderType!,PortalArn^,Tags IdentityProviderArn
AWS::WorkSpacesWeb::IpAccessSettings AdditionalEncryptionContext^,CustomerManagedKey^,Description,DisplayName,IpRules!,Tags AssociatedPortalArns,CreationDate,IpAccessSettingsArn
AWS::WorkSpacesWeb::NetworkSettings SecurityGroupIds!,SubnetIds!,Tags,VpcId! AssociatedPortalArns,NetworkSettingsArn
AWS::WorkSpacesWeb::Portal AdditionalEncryptionContext^,AuthenticationType,BrowserSettingsArn,CustomerManagedKey^,DataProtectionSettingsArn,DisplayName,InstanceType,IpAccessSettingsArn,MaxConcurrentSessions,NetworkSettingsArn,PortalCustomDomain,SessionLoggerArn,Tags,TrustStoreArn,UserAccessLoggingSettingsArn,UserSettingsArn BrowserType,CreationDate,PortalArn,PortalEndpoint,PortalStatus,RendererType,ServiceProviderSamlMetadata,StatusReason
AWS::WorkSpacesWeb::SessionLogger AdditionalEncryptionContext^,CustomerManagedKey^,DisplayName,EventFilter!,LogConfiguration!,Tags AssociatedPortalArns,CreationDate,SessionLoggerArn
AWS::WorkSpacesWeb::TrustStore CertificateList!,Tags AssociatedPortalArns,TrustStoreArn
AWS::WorkSpacesWeb::UserAccessLoggingSettings KinesisStreamArn!,Tags AssociatedPortalArns,UserAccessLoggingSettingsArn
AWS::WorkSpacesWeb::UserSettings AdditionalEncryptionContext^,BrandingConfiguration,CookieSynchronizationConfiguration,CopyAllowed!,CustomerManagedKey^,DeepLinkAllowed,DisconnectTimeoutInMinutes,DownloadAllowed!,IdleDisconnectTimeoutInMinutes,PasteAllowed!,PrintAllowed!,Tags,ToolbarConfiguration,UploadAllowed!,WebAuthnAllowed AssociatedPortalArns,BrandingConfiguration.FaviconMetadata,BrandingConfiguration.LogoMetadata,BrandingConfiguration.WallpaperMetadata,UserSettingsArn
AWS::WorkspacesInstances::Volume AvailabilityZone!^,Encrypted^,Iops^,KmsKeyId^,SizeInGB^,SnapshotId^,TagSpecifications^,Throughput^,VolumeType^ VolumeId
AWS::WorkspacesInstances::VolumeAssociation Device!^,DisassociateMode,VolumeId!^,WorkspaceInstanceId!^ 
AWS::WorkspacesInstances::WorkspaceInstance ManagedInstance^,Tags EC2ManagedInstance,EC2ManagedInstance.InstanceId,ProvisionState,WorkspaceInstanceId
AWS::XRay::Group FilterExpression,GroupName!,InsightsConfiguration,Tags GroupARN
AWS::XRay::ResourcePolicy BypassPolicyLockoutCheck,PolicyDocument!,PolicyName!^ 
AWS::XRay::SamplingRule RuleName,SamplingRule,SamplingRuleRecord,SamplingRuleUpdate,Tags RuleARN
AWS::XRay::TransactionSearchConfig IndexingPercentage AccountId
Alexa::ASK::Skill AuthenticationConfiguration!,SkillPackage!,VendorId!^ Id
`
