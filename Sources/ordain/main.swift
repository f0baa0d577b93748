print("ordain")
