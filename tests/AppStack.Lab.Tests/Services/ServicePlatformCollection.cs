namespace AppStack.Lab.Tests.Services;

/// <summary>One platform for all tests of services.</summary>
[CollectionDefinition(ServicePlatform.Name)]
public sealed class ServicePlatformCollection : ICollectionFixture<ServicePlatform>;
