using Dilosi.Api;
using Dilosi.Declarations;

namespace Dilosi.Tests;

/// <summary>Requests that tests vary.</summary>
internal static class Requests
{
    public static DeclarationRequest Complete { get; } =
        new(DeclarationType.SolemnDeclaration, "Maria", "Papadopoulou", "090000045", "Ministry of Examples", "I am here.");
}
