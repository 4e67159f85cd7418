using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dilosi.Api;

/// <summary>The API's JSON, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeclarationRequest))]
[JsonSerializable(typeof(DocumentResponse))]
[JsonSerializable(typeof(VerificationResponse))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
