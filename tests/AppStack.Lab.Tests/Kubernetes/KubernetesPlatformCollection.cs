namespace AppStack.Lab.Tests.Kubernetes;

/// <summary>One platform for all tests of Kubernetes.</summary>
[CollectionDefinition(KubernetesPlatform.Name)]
public sealed class KubernetesPlatformCollection : ICollectionFixture<KubernetesPlatform>;
