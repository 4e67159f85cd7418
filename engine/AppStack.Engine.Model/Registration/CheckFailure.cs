namespace AppStack.Engine.Model.Registration;

/// <summary>What is wrong with one property of an input.</summary>
/// <param name="Property">The property's path; empty for the whole input.</param>
/// <param name="Reason">What is wrong and what would be right.</param>
public sealed record CheckFailure(string Property, string Reason);
