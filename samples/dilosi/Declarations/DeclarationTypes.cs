namespace Dilosi.Declarations;

/// <summary>The words for kinds of documents: in the API, in metrics and in the database.</summary>
public static class DeclarationTypes
{
    /// <summary>The word, as the API writes it.</summary>
    public static string Word(this DeclarationType type) => type switch
    {
        DeclarationType.SolemnDeclaration => "solemn-declaration",
        DeclarationType.Authorisation => "authorisation",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown kind of document"),
    };

    /// <summary>The kind with that word.</summary>
    /// <exception cref="ArgumentException">There is none; a newer version of the service wrote it.</exception>
    public static DeclarationType Parse(string word) => word switch
    {
        "solemn-declaration" => DeclarationType.SolemnDeclaration,
        "authorisation" => DeclarationType.Authorisation,
        _ => throw new ArgumentException($"unknown kind of document '{word}'", nameof(word)),
    };

    /// <summary>The heading of a document of that kind.</summary>
    public static string Title(this DeclarationType type) => type switch
    {
        DeclarationType.SolemnDeclaration => "Solemn declaration",
        DeclarationType.Authorisation => "Authorisation",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown kind of document"),
    };
}
