using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("AppStack.Operations.Tests")]
[assembly: InternalsVisibleTo("AppStack.Lab.Tests")]
[assembly: InternalsVisibleTo("AppStack.Postgres.Tests")]
