using System.Text.Json.Serialization;

namespace Dilosi.Declarations;

/// <summary>The kinds of documents that the service issues.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeclarationType>))]
public enum DeclarationType
{
    /// <summary>A solemn declaration: the declarant answers for what it says.</summary>
    [JsonStringEnumMemberName("solemn-declaration")]
    SolemnDeclaration,

    /// <summary>An authorisation: somebody else may act for the declarant.</summary>
    [JsonStringEnumMemberName("authorisation")]
    Authorisation,
}
