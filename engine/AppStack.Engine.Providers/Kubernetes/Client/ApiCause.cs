namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>One of the things that the API server finds wrong.</summary>
/// <param name="Reason">What kind of thing: <c>FieldValueInvalid</c>, <c>FieldManagerConflict</c>.</param>
/// <param name="Field">Where: <c>spec.selector</c>; empty when it is not about a field.</param>
/// <param name="Message">Its words.</param>
internal sealed record ApiCause(string Reason, string Field, string Message);
