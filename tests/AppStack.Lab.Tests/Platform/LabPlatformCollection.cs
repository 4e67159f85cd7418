namespace AppStack.Lab.Tests.Platform;

/// <summary>One platform for all tests that need one: it takes half a minute to make.</summary>
[CollectionDefinition(LabPlatform.Name)]
public sealed class LabPlatformCollection : ICollectionFixture<LabPlatform>;
