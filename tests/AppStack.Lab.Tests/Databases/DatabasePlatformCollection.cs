namespace AppStack.Lab.Tests.Databases;

/// <summary>One platform for all tests of databases.</summary>
[CollectionDefinition(DatabasePlatform.Name)]
public sealed class DatabasePlatformCollection : ICollectionFixture<DatabasePlatform>;
