using System.Text.Json.Serialization;

namespace Dilosi.Declarations;

/// <summary>The canonical form of a declaration, of which the hash tells whether two requests ask for the same.</summary>
[JsonSerializable(typeof(Declaration))]
internal sealed partial class DeclarationJson : JsonSerializerContext;
